"""What is timed is counted, and its answers are held to the scores one by one."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from typing import Any

import numpy as np
import pytest

from harness.benchmark.contenders import Recipe, contender, contenders
from harness.benchmark.measure import entries, noise_of
from harness.benchmark.memory import peak_of
from harness.benchmark.result import NAMES, Benchmark, Entry
from harness.benchmark.work import counting, matrix_rate
from harness.benchmark.workload import Workload, workload
from harness.core.errors import UsageError
from harness.core.events import finite
from harness.core.pairs import Pair
from harness.core.scores import Scores
from harness.engine.benchmark import wrong
from harness.engine.resolve import resolve_model
from harness.reference.loading import load_reranker
from harness.reference.pipeline import Reranker


@pytest.fixture(scope="module")
def asked(reranker: Reranker) -> Workload:
    return workload(reranker, 4, 20)


def measured(reranker: Reranker, asked: Workload, names: Sequence[str] = NAMES, rounds: int = 2) -> list[Entry]:
    chosen = [contender(name, reranker) for name in names]
    return list(entries(reranker, chosen, asked, rounds, lambda what: None))


@pytest.mark.parametrize("documents", [1, 4])
def test_every_contender_gives_the_scores_of_the_model(documents: int, reranker: Reranker) -> None:
    limit, found = noise_of(reranker, 20).limit_logit, measured(reranker, workload(reranker, documents, 20))
    assert {e.contender: e.deviation_logit <= limit for e in found} == dict.fromkeys(NAMES, True)


def test_the_reference_computes_what_is_shared_once(reranker: Reranker, asked: Workload) -> None:
    reference, alone = measured(reranker, asked, ["reference", "one-by-one"], 1)
    assert (alone.computed, alone.computed - reference.computed) == (asked.tokens, 3 * asked.shared)


def test_the_operations_are_those_of_layers_attention_and_answer_rows(reranker: Reranker) -> None:
    asked = workload(reranker, 1, 20)
    config: Any = reranker.parts.module.config
    inner, heads = config.intermediate_size, config.num_attention_heads * config.head_dim
    keys = config.num_key_value_heads * config.head_dim
    layer = asked.tokens * config.hidden_size * (2 * heads + 2 * keys + 3 * inner) + 2 * asked.tokens**2 * heads
    with counting(reranker.parts.module) as work:
        reranker.log_odds(asked.pairs, one_by_one=True)
    assert work().flops == 2 * (config.num_hidden_layers * layer + 2 * config.hidden_size)


def test_a_recipe_that_does_not_fit_is_scored_in_smaller_batches_and_says_so(
    reranker: Reranker, asked: Workload
) -> None:
    whole, cut = Recipe(reranker, 2**40), Recipe(reranker, 1)
    assert np.abs(cut.score(asked.pairs) - whole.score(asked.pairs)).max() < 1e-4
    assert ("in batches of 1" in cut.note(asked.pairs), whole.note(asked.pairs)) == (True, "")


def test_a_fast_wrong_answer_is_a_failure(reranker: Reranker, asked: Workload) -> None:
    hurried = replace(contender("reference", reranker), score=lambda pairs: _hurried(reranker, pairs))
    (entry,) = entries(reranker, [hurried], asked, 1, lambda what: None)
    assert "is noise" in next(wrong(_benchmark(entry)))


def test_an_answer_that_is_no_number_is_a_failure_in_whichever_round_it_comes(
    reranker: Reranker, asked: Workload
) -> None:
    healthy, calls = contender("reference", reranker), count()
    failing = replace(healthy, score=lambda pairs: healthy.score(pairs) * (np.nan if next(calls) == 2 else 1.0))
    (entry,) = entries(reranker, [failing], asked, 2, lambda what: None)
    assert "is noise" in next(wrong(_benchmark(entry)))


def test_a_deviation_that_is_no_number_survives_the_file() -> None:
    told = _benchmark(Entry("reference", 1, 20, 110, (1.0,), (1e9,), 110, 1, None, np.nan))
    read = Benchmark.of_dict(finite(told.as_dict()))
    assert list(wrong(read)) == list(wrong(told)) != []


@pytest.mark.parametrize("model", ["tiny-causal", "tiny-seq-cls"])
def test_the_machine_has_a_rate_for_the_weights_of_each_kind_of_model(model: str) -> None:
    parts = load_reranker(resolve_model(model)).parts
    assert matrix_rate(parts.module, parts.device) > 1e8


def _hurried(reranker: Reranker, pairs: Sequence[Pair]) -> Scores:
    return reranker.log_odds([replace(pair, document=pair.document[:20]) for pair in pairs])


def _benchmark(*found: Entry) -> Benchmark:
    return Benchmark({"id": "m", "digest": "d"}, "cpu", "float32", "a machine", 1, {}, "today", "bench", 1e-4, found)


def test_memory_that_is_given_back_counts_while_it_is_held(reranker: Reranker) -> None:
    device = reranker.parts.device
    small, large = (peak_of(lambda size=size: np.ones(size), device) for size in (2**10, 2**25))  # type: ignore[misc]
    if small is None or large is None:
        pytest.skip("nothing counts resident memory here")
    assert large - small > 0.9 * 8 * 2**25


def test_an_unknown_contender_is_named() -> None:
    with pytest.raises(UsageError, match=r"no contender 'vllm'; there are: reference"):
        contender("vllm", load_reranker(resolve_model("tiny-causal")))


def test_the_recipe_is_left_out_for_a_classifier_with_the_reason() -> None:
    found, missing = contenders([], load_reranker(resolve_model("tiny-seq-cls")))
    assert "recipe" not in [one.name for one in found]
    assert "no classifier" in missing[0]

"""The shared prefix: scores as one by one, every shared token computed once, nothing padded, memory bounded."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.core.pairs import Pair
from harness.engine.resolve import resolve_model
from harness.reference.attention import attention_by
from harness.reference.encode import Encoding
from harness.reference.forward import PooledEncoder
from harness.reference.loading import load_reranker
from harness.reference.pipeline import Reranker
from harness.reference.prefixes import by_prefix, continuations, passes
from harness.reference.shared_prefix import SharedPrefix

#: In float64 the two ways were 2.5e-14 logit apart over 400 pairs of the embedded collection.
EQUAL = 1e-12
texts = st.text(alphabet="abc é語", max_size=60)
prompts = st.lists(st.lists(st.integers(0, 2), min_size=1, max_size=12).map(tuple), min_size=1, max_size=12)


@contextmanager
def computed(reranker: Reranker) -> Iterator[list[tuple[int, ...]]]:
    """The shape of what is put into the model, pass by pass."""
    shapes: list[tuple[int, ...]] = []
    decoder: Any = reranker.parts.module.base_model
    handle = decoder.embed_tokens.register_forward_pre_hook(lambda _, given: shapes.append(tuple(given[0].shape)))
    try:
        yield shapes
    finally:
        handle.remove()


def of_one_query(count: int, words: int = 30) -> list[Pair]:
    return [Pair("how does a delta form", f"text {n} " + "river silt delta " * (words // 3)) for n in range(count)]


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(["", "q", "a river delta"]), texts), min_size=1, max_size=12), st.data())
def test_scores_equal_those_one_by_one(reference: Reranker, pairs: list[tuple[str, str]], data: st.DataObject) -> None:
    asked = [Pair(query, document) for query, document in pairs]
    small = replace(reference, tokens_per_batch=data.draw(st.sampled_from([1, 150, 400, 8_192])))
    assert np.abs(small.log_odds(asked) - reference.log_odds(asked, one_by_one=True)).max() < EQUAL


@given(prompts, st.data())
def test_prefix_and_continuation_are_the_prompt(ids: list[tuple[int, ...]], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(ids)))
    requests = [places for places in (range(cut), range(cut, len(ids))) if places]
    split = continuations([Encoding(one) for one in ids], requests)
    assert [prompt.prefix.ids + prompt.ids for prompt in split] == ids
    assert all(prompt.ids for prompt in split)


@given(prompts, st.integers(1, 60))
def test_a_pass_stays_within_its_tokens_unless_it_holds_one_prompt(ids: list[tuple[int, ...]], tokens: int) -> None:
    split = continuations([Encoding(one) for one in ids], [range(len(ids))])
    for group in passes(split, tokens):
        width = sum(len(split[place].ids) for place in group) + sum(
            len(prefix.ids) for prefix, _ in by_prefix([split[place] for place in group])
        )
        assert width <= tokens or len(group) == 1


@given(prompts, st.integers(1, 60))
def test_each_prompt_is_in_exactly_one_pass(ids: list[tuple[int, ...]], tokens: int) -> None:
    split = continuations([Encoding(one) for one in ids], [range(len(ids))])
    assert sorted(place for group in passes(split, tokens) for place in group) == list(range(len(ids)))


@pytest.mark.parametrize("tokens", [300, 8_192])
def test_the_prefix_is_computed_once_a_query_and_nothing_is_padded(reranker: Reranker, tokens: int) -> None:
    pairs = of_one_query(20)
    lengths = [len(reranker.encoding(pair).ids) for pair in pairs]
    prefix = len(continuations([reranker.encoding(pair) for pair in pairs], [range(20)])[0].prefix.ids)
    with computed(reranker) as shapes:
        replace(reranker, tokens_per_batch=tokens).log_odds(pairs)
    assert prefix > 60
    assert sum(rows * width for rows, width in shapes) == prefix + sum(lengths) - len(pairs) * prefix


def test_queries_with_one_document_each_share_what_all_prompts_begin_with(reranker: Reranker) -> None:
    pairs = [Pair(f"{word} query", "a document") for word in ("first", "second", "third")]
    with computed(reranker) as shapes:
        reranker.log_odds(pairs)
    assert sum(rows * width for rows, width in shapes) < sum(len(reranker.encoding(pair).ids) for pair in pairs) - 60


def test_the_widest_pass_does_not_grow_with_the_documents(reranker: Reranker) -> None:
    with computed(reranker) as shapes:
        reranker.log_odds(of_one_query(150))
    assert max(rows * width for rows, width in shapes) <= reranker.tokens_per_batch


def test_nothing_of_a_prefix_is_kept_behind_its_last_prompt(reranker: Reranker) -> None:
    split = continuations([reranker.encoding(pair) for pair in of_one_query(6)], [range(6)])
    assert reranker.shared is not None
    kept = []
    for group in passes(split, 200):
        reranker.shared([split[place] for place in group])
        kept.append(bool(split[0].prefix.kept))
    assert kept == [True] * (len(kept) - 1) + [False]


@contextmanager
def holding(reranker: Reranker, tokens: int) -> Iterator[None]:
    """A device that holds a pass of so many tokens."""

    def refuse(module: object, given: Sequence[object], named: dict[str, Any]) -> None:
        if named["input_ids"].numel() > tokens:
            raise torch.OutOfMemoryError(f"simulated: {named['input_ids'].numel()} tokens")

    decoder: Any = reranker.parts.module.base_model
    handle = decoder.register_forward_pre_hook(refuse, with_kwargs=True)
    try:
        yield
    finally:
        handle.remove()


def test_out_of_memory_in_the_middle_of_a_query_changes_no_score(reference: Reranker) -> None:
    pairs = of_one_query(12)
    with holding(reference, 250):
        found = reference.log_odds(pairs)
    assert np.abs(found - reference.log_odds(pairs, one_by_one=True)).max() < EQUAL


@pytest.mark.parametrize("stage", ["batch", "forward"])
def test_an_exchanged_stage_is_never_passed_by(reranker: Reranker, stage: str) -> None:
    healthy, asked = getattr(reranker.stages, stage), []

    def exchanged(given: Any) -> Any:
        asked.append(given)
        return healthy(given)

    replace(reranker, stages=replace(reranker.stages, **{stage: exchanged})).log_odds(of_one_query(3))
    assert asked


def test_another_kernel_of_attention_is_never_passed_by(reranker: Reranker) -> None:
    assert reranker.shared is not None
    with attention_by(reranker, "eager"):
        assert not reranker.shared.stands_for(reranker.stages)
    assert reranker.shared.stands_for(reranker.stages)


def test_an_encoder_has_no_prefix_to_share(reranker: Reranker) -> None:
    encoder: Any = PooledEncoder(reranker.parts.module, reranker.parts.precision)  # type: ignore[arg-type]
    assert SharedPrefix.of(reranker.stages.batch, encoder) is None


@pytest.mark.parametrize("model", ["tiny-seq-cls", "tiny-seq-cls-2", "tiny-bos", "tiny-untied"])
def test_other_forms_of_the_model_share_too(model: str) -> None:
    reranker, pairs = load_reranker(resolve_model(model), dtype="float64"), of_one_query(4)
    with computed(reranker) as shapes:
        found = reranker.log_odds(pairs)
    assert len(shapes) == 1
    assert np.abs(found - reranker.log_odds(pairs, one_by_one=True)).max() < EQUAL


def test_a_model_with_sliding_windows_is_left_to_its_own_masks(reranker: Reranker) -> None:
    config: Any = reranker.parts.module.config
    before = config.layer_types
    config.layer_types = [*before[:-1], "sliding_attention"]
    try:
        assert SharedPrefix.of(reranker.stages.batch, reranker.stages.forward) is None
    finally:
        config.layer_types = before

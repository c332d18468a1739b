import math
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures.collections import Judged
from harness.checks.context import Context
from harness.checks.profiles import profile
from harness.checks.registry import find
from harness.core.findings import Outcome
from harness.core.vocabulary import Status
from harness.reference.devices import Device
from harness.targets.controls import ConstantControl, RandomControl
from harness.targets.function import FunctionTarget

CHECK = "score-distribution.distinct"
SCORE = st.sampled_from([0.0, -0.0, 0.5, 1.0, math.nan])
Run = Callable[[str, Context], list[Outcome]]


def test_a_constant_ties_every_pair(context_for: Callable[..., Context], run_check: Run) -> None:
    (outcome,) = run_check(CHECK, context_for(ConstantControl(), reference=None))
    assert (outcome.status, outcome.value) == (Status.FAIL, 1.0)
    assert "1 different scores" in outcome.evidence


def test_different_scores_pass(context_for: Callable[..., Context], run_check: Run) -> None:
    (outcome,) = run_check(CHECK, context_for(RandomControl(), reference=None))
    assert (outcome.status, outcome.value) == (Status.PASS, 0.0)


def _pair_by_pair(scores: list[float], documents: list[str]) -> tuple[int, int]:
    both = list(combinations(zip(scores, documents, strict=True), 2))
    different = [(a, b) for a, b in both if a[1] != b[1]]
    return sum(a[0] == b[0] for a, b in different), len(different)


@settings(deadline=None)
@given(answered=st.lists(st.tuples(SCORE, st.sampled_from("abcd")), min_size=2))
def test_ties_are_counted_as_if_every_pair_were_looked_at(answered: list[tuple[float, str]]) -> None:
    scores, documents = [score for score, _ in answered], [text for _, text in answered]
    collection = Judged(
        "small", {"q": "query"}, {str(n): text for n, text in enumerate(documents)}, {},
        {"q": tuple(map(str, range(len(documents))))}, {},
    )  # fmt: skip
    by_text = dict(zip(documents, scores, strict=True))  # a pair that is there twice has one score
    target = FunctionTarget(lambda query, asked, instruction: [by_text[text] for text in asked], "python:test:given")
    outcome = find(CHECK).body(Context(target, Device("cpu"), profile("smoke"), collection))
    assert isinstance(outcome, Outcome)
    tied, total = _pair_by_pair([by_text[text] for text in documents], documents)
    assert outcome.message.startswith(f"{tied} of {total} pairs of different documents")
    assert ("first tie" in outcome.evidence) == (tied > 0)


@pytest.mark.parametrize("text", ["the same", ""])
def test_equal_documents_may_be_tied(
    text: str, judged: Judged, context_for: Callable[..., Context], run_check: Run
) -> None:
    alike = replace(judged, documents=dict.fromkeys(judged.documents, text))
    (outcome,) = run_check(CHECK, context_for(ConstantControl(), collection=alike, reference=None))
    assert outcome.status is Status.PASS

"""Evidence and length: relations that point in a direction."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from fixtures.collections import Judged
from harness.checks.context import Context
from harness.checks.invariants.evidence import wilson_low
from harness.core.findings import Outcome
from harness.core.vocabulary import Status
from harness.targets.controls import RandomControl
from harness.targets.function import FunctionTarget

EVIDENCE = ("invariants.added-evidence", "invariants.removed-evidence")
Build = Callable[..., Context]
Run = Callable[[str, Context], list[Outcome]]


def overlap(query: str, documents: list[str], instruction: str | None) -> list[float]:
    """The share of the query's character pairs that a document holds: a lexical scorer for every script."""
    wanted = {query[i : i + 2] for i in range(len(query) - 1)}
    return [0.05 + 0.9 * sum(gram in d for gram in wanted) / max(1, len(wanted)) for d in documents]


def against(query: str, documents: list[str], instruction: str | None) -> list[float]:
    return [1 - score for score in overlap(query, documents, instruction)]


def longest(query: str, documents: list[str], instruction: str | None) -> list[float]:
    lengths = overlap(query, documents, instruction)
    return [min(0.999, 0.2 * score + len(d) / 4_000) for score, d in zip(lengths, documents, strict=True)]


@pytest.mark.parametrize("check", [*EVIDENCE, "invariants.irrelevant-length"])
def test_a_lexical_scorer_follows_the_evidence(check: str, context_for: Build, run_check: Run) -> None:
    target = FunctionTarget(overlap, "python:test:overlap")
    (outcome,) = run_check(check, context_for(target, reference=None))
    assert outcome.status is Status.PASS


@pytest.mark.parametrize(
    ("check", "scorer"),
    [
        (EVIDENCE[0], against),
        (EVIDENCE[1], against),
        (EVIDENCE[0], RandomControl().score),
        (EVIDENCE[1], RandomControl().score),
        ("invariants.irrelevant-length", longest),
    ],
)
def test_a_scorer_that_does_not_is_found(
    check: str, scorer: Callable[..., list[float]], context_for: Build, run_check: Run
) -> None:
    (outcome,) = run_check(check, context_for(FunctionTarget(scorer, "python:test:scorer"), reference=None))
    assert outcome.status is Status.FAIL


@pytest.mark.parametrize("check", EVIDENCE)
def test_saturated_scores_have_a_direction_too(check: str, context_for: Build, run_check: Run) -> None:
    def hard(query: str, documents: list[str], instruction: str | None) -> list[float]:
        return [float(score > 0.2) for score in overlap(query, documents, instruction)]

    (outcome,) = run_check(check, context_for(FunctionTarget(hard, "python:test:hard"), reference=None))
    assert outcome.value is not None


@pytest.mark.parametrize("check", EVIDENCE)
def test_a_collection_without_grades_cannot_be_judged(
    check: str, judged: Judged, context_for: Build, run_check: Run
) -> None:
    flat = replace(judged, qrels={q: dict.fromkeys(grades, 1) for q, grades in judged.qrels.items()})
    (outcome,) = run_check(check, context_for(RandomControl(), reference=None, collection=flat))
    assert outcome.status is Status.NOT_VERIFIED


def test_the_lower_bound_is_wilsons() -> None:
    # 9 of 10 at z = 1.96, by hand from the formula
    assert wilson_low(0.9, 10) == pytest.approx(0.5958, abs=1e-4)

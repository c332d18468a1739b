"""Permutation, duplicates and neighbours: what is searched with Hypothesis."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from harness.checks.context import Context
from harness.checks.profiles import profile
from harness.core.errors import TargetError
from harness.core.findings import Outcome
from harness.core.vocabulary import Status
from harness.faults import plant
from harness.reference.pipeline import Reranker
from harness.targets.controls import RandomControl
from harness.targets.function import FunctionTarget

SMALL = replace(profile("smoke"), examples=6, probes=12, repeats=2)
LAWS = ("invariants.permutation", "invariants.duplicates", "invariants.neighbours")
Build = Callable[..., Context]
Run = Callable[[str, Context], list[Outcome]]


def by_position(query: str, documents: list[str], instruction: str | None) -> list[float]:
    return [1 / (2 + place) for place in range(len(documents))]


def last_text_wins(query: str, documents: list[str], instruction: str | None) -> list[float]:
    place = {document: 1 / (2 + at) for at, document in enumerate(documents)}
    return [place[document] for document in documents]


def normalised(query: str, documents: list[str], instruction: str | None) -> list[float]:
    scores = RandomControl().score(query, documents, instruction)
    return [score / max(scores) * 0.9 for score in scores]


def cut_to_the_longest(query: str, documents: list[str], instruction: str | None) -> list[float]:
    """Cuts all documents as soon as one is too long, as a limit on the whole request does."""
    room = 5 if max(map(len, documents)) > 5_000 else 5_000
    return RandomControl().score(query, [d[:room] for d in documents], instruction)


@pytest.mark.parametrize("law", LAWS)
def test_a_scorer_of_single_pairs_obeys(law: str, context_for: Build, run_check: Run) -> None:
    outcomes = run_check(law, context_for(RandomControl(), reference=None, profile=SMALL))
    assert {o.status for o in outcomes} == {Status.PASS}


@pytest.mark.parametrize(
    ("law", "scorer"),
    [(LAWS[0], by_position), (LAWS[1], last_text_wins), (LAWS[2], normalised), (LAWS[2], cut_to_the_longest)],
)
def test_a_scorer_that_looks_at_the_request_does_not(
    law: str, scorer: Callable[..., list[float]], context_for: Build, run_check: Run
) -> None:
    target = FunctionTarget(scorer, "python:test:scorer")
    outcomes = run_check(law, context_for(target, reference=None, profile=SMALL))
    assert Status.FAIL in {o.status for o in outcomes}


def test_the_smallest_counter_example_is_shown(context_for: Build, run_check: Run) -> None:
    target = FunctionTarget(by_position, "python:test:by_position")
    (outcome,) = run_check(LAWS[0], context_for(target, reference=None, profile=SMALL))
    _, documents = outcome.evidence.split("smallest counter-example query ")[1].split(", documents ")
    assert re.fullmatch(r"\['.{1,5}', '.{1,5}'\]", documents)


@pytest.mark.parametrize(
    ("law", "fault"),
    [
        ("invariants.permutation", "scores-zipped-with-sorted-order"),
        ("invariants.neighbours", "softmax-over-batch"),
        ("invariants.neighbours", "mask-missing"),
        ("invariants.duplicates", "softmax-over-batch"),
    ],
)
def test_a_planted_fault_breaks_the_law(
    law: str, fault: str, reranker: Reranker, context_for: Build, run_check: Run
) -> None:
    outcomes = run_check(law, context_for(plant(reranker, fault), profile=SMALL))
    assert outcomes[0].status is Status.FAIL


def test_what_is_always_refused_is_not_verified(context_for: Build, run_check: Run) -> None:
    def no_empty_texts(query: str, documents: list[str], instruction: str | None) -> list[float]:
        if "" in documents:
            raise TargetError("400: empty text")
        return RandomControl().score(query, documents, instruction)

    target = FunctionTarget(no_empty_texts, "python:test:no_empty_texts")
    searched, overlong = run_check(LAWS[2], context_for(target, reference=None, profile=SMALL))
    assert (searched.status, overlong.status) == (Status.NOT_VERIFIED, Status.PASS)


def test_a_request_lost_to_one_overlong_document_is_a_warning(context_for: Build, run_check: Run) -> None:
    def short_only(query: str, documents: list[str], instruction: str | None) -> list[float]:
        if max(map(len, documents)) > 5_000:
            raise TargetError("413: input is too large to process")
        return RandomControl().score(query, documents, instruction)

    target = FunctionTarget(short_only, "python:test:short_only")
    _, overlong = run_check(LAWS[2], context_for(target, reference=None, profile=SMALL))
    assert overlong.status is Status.WARN
    assert "413" in overlong.message

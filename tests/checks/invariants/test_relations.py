"""Batch size, determinism, asymmetry and fields: relations between requests of the collection."""

from collections.abc import Callable
from dataclasses import replace
from itertools import count

import pytest

from fixtures.collections import Judged
from harness.checks.context import Context
from harness.checks.profiles import profile
from harness.core.findings import Outcome
from harness.core.vocabulary import Status
from harness.faults import plant
from harness.reference.devices import Device
from harness.reference.loading import load_reranker
from harness.reference.pipeline import Reranker
from harness.targets.controls import RandomControl
from harness.targets.function import FunctionTarget

SMALL = replace(profile("smoke"), probes=12, repeats=2)
CHANGES = ("invariants.asymmetry", "invariants.query-matters", "invariants.document-matters")
RELATIONS = ("invariants.batch-size", "invariants.determinism", *CHANGES)
Build = Callable[..., Context]
Run = Callable[[str, Context], list[Outcome]]


def cosine(query: str, documents: list[str], instruction: str | None) -> list[float]:
    return [len(set(query) & set(d)) / (1 + len(set(query) | set(d))) for d in documents]


def query_only(query: str, documents: list[str], instruction: str | None) -> list[float]:
    return RandomControl().score(query, [""] * len(documents), instruction)


def document_only(query: str, documents: list[str], instruction: str | None) -> list[float]:
    return RandomControl().score("", documents, instruction)


def hurried(query: str, documents: list[str], instruction: str | None) -> list[float]:
    """Cuts its documents when there are many of them."""
    return RandomControl().score(query, documents if len(documents) < 33 else [d[:3] for d in documents], instruction)


@pytest.fixture(scope="module")
def half_reranker() -> Reranker:
    """The embedded model in bfloat16, which is up to 0.2 logit away from float64 and healthy."""
    from harness.engine.resolve import resolve_model

    return load_reranker(resolve_model("tiny-causal"), Device("cpu"), dtype="bfloat16")


@pytest.mark.parametrize("relation", RELATIONS)
def test_a_scorer_of_single_pairs_keeps_the_relation(relation: str, context_for: Build, run_check: Run) -> None:
    outcomes = run_check(relation, context_for(RandomControl(), reference=None, profile=SMALL))
    assert {o.status for o in outcomes} == {Status.PASS}


@pytest.mark.parametrize("relation", CHANGES)
def test_half_precision_does_not_pass_for_insensitive(
    relation: str, half_reranker: Reranker, context_for: Build, run_check: Run
) -> None:
    (outcome,) = run_check(relation, context_for(half_reranker, profile=SMALL))
    assert outcome.status is Status.PASS


@pytest.mark.parametrize(
    ("relation", "scorer"),
    [
        ("invariants.asymmetry", cosine),
        ("invariants.query-matters", document_only),
        ("invariants.document-matters", query_only),
        ("invariants.batch-size", hurried),
    ],
)
def test_a_scorer_that_misses_something_breaks_it(
    relation: str, scorer: Callable[..., list[float]], context_for: Build, run_check: Run
) -> None:
    target = FunctionTarget(scorer, "python:test:scorer")
    outcomes = run_check(relation, context_for(target, reference=None, profile=SMALL))
    assert Status.FAIL in {o.status for o in outcomes}


@pytest.mark.parametrize(
    ("relation", "fault"),
    [
        ("invariants.batch-size", "softmax-over-batch"),
        ("invariants.determinism", "drift-over-repeats"),
        ("invariants.query-matters", "cache-without-query"),
        ("invariants.document-matters", "document-empty"),
    ],
)
def test_a_planted_fault_breaks_the_relation(
    relation: str, fault: str, reranker: Reranker, context_for: Build, run_check: Run
) -> None:
    outcomes = run_check(relation, context_for(plant(reranker, fault), profile=SMALL))
    assert Status.FAIL in {o.status for o in outcomes}


def test_a_size_beyond_which_requests_are_split_is_named(context_for: Build, run_check: Run) -> None:
    target = FunctionTarget(hurried, "python:test:hurried")
    outcomes = run_check("invariants.batch-size", context_for(target, reference=None, profile=SMALL))
    assert [o.subject for o in outcomes if o.status is Status.FAIL] == ["33 documents"]


def test_an_answer_that_saturates_and_comes_back_is_not_deterministic(context_for: Build, run_check: Run) -> None:
    served = count()

    def flickering(query: str, documents: list[str], instruction: str | None) -> list[float]:
        return [float(next(served) % 2)] * len(documents)

    target = FunctionTarget(flickering, "python:test:flickering")
    (outcome,) = run_check("invariants.determinism", context_for(target, reference=None, profile=SMALL))
    assert outcome.status is Status.FAIL


def test_one_query_cannot_be_replaced_by_another(judged: Judged, context_for: Build, run_check: Run) -> None:
    first, text = next(iter(judged.queries.items()))
    single = replace(judged, queries={first: text})
    context = context_for(RandomControl(), reference=None, profile=SMALL, collection=single)
    (outcome,) = run_check("invariants.query-matters", context)
    assert outcome.status is Status.NOT_VERIFIED

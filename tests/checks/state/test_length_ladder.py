from collections.abc import Callable

import pytest

from harness.checks.context import Context
from harness.checks.state.ladder import Ladder, Place
from harness.core.findings import Outcome
from harness.core.vocabulary import Status
from harness.faults import plant
from harness.reference.pipeline import Reranker
from harness.targets.function import FunctionTarget
from harness.targets.http.target import HttpTarget

CHECK = "state.length-ladder"
Serve = Callable[..., HttpTarget]
Build = Callable[..., Context]
Run = Callable[[str, Context], list[Outcome]]
UNKNOWN = {"checkpoint": None, "reference": None}


@pytest.mark.parametrize("dialect", ["tei", "vllm"])
def test_a_healthy_server_reads_up_to_its_limit(
    dialect: str, served_target: Serve, context_for: Build, run_check: Run
) -> None:
    outcomes = run_check(CHECK, context_for(served_target(dialect)))
    assert {o.status for o in outcomes} == {Status.PASS}


def test_short_chunks_are_found_with_their_length(served_target: Serve, context_for: Build, run_check: Run) -> None:
    _, outcome = run_check(CHECK, context_for(served_target("tei", "document-cut-in-characters")))
    assert outcome.status is Status.FAIL
    assert "the shortest that deviates has 336 tokens with the evidence at the end" in outcome.message


def test_short_chunks_are_found_without_a_reference(served_target: Serve, context_for: Build, run_check: Run) -> None:
    _, outcome = run_check(CHECK, context_for(served_target("tei", "document-cut-in-characters"), **UNKNOWN))
    assert outcome.status is Status.FAIL
    assert "the evidence is not read from" in outcome.message


def test_a_suffix_that_is_cut_off_is_no_matter_below_the_limit(
    reranker: Reranker, context_for: Build, run_check: Run
) -> None:
    outcomes = run_check(CHECK, context_for(plant(reranker, "suffix-truncated")))
    assert {o.status for o in outcomes} == {Status.PASS}


def test_where_no_limit_is_known_the_length_is_reported(reranker: Reranker, context_for: Build, run_check: Run) -> None:
    _, outcome = run_check(CHECK, context_for(FunctionTarget(reranker.rerank, "python:served:rerank"), **UNKNOWN))
    assert outcome.status is Status.PASS
    assert "no limit is known" in outcome.message


@pytest.mark.parametrize("place", Place)
@pytest.mark.parametrize("tokens", [120, 512, 1024, 1280])
def test_rungs_have_the_length_asked_for(tokens: int, place: Place, healthy: Context) -> None:
    rung = Ladder.of(healthy).rung(tokens, place)
    assert abs(rung.tokens - tokens) <= 2

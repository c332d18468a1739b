from collections.abc import Callable

from harness.checks.context import Context
from harness.core.findings import Outcome
from harness.core.vocabulary import Status
from harness.targets.http.target import HttpTarget

CHECK = "state.shared-prefix"
Serve = Callable[..., HttpTarget]
Build = Callable[..., Context]
Run = Callable[[str, Context], list[Outcome]]


def failed(outcomes: list[Outcome]) -> set[str]:
    return {outcome.subject for outcome in outcomes if outcome.status is Status.FAIL}


def test_a_healthy_server_keeps_the_documents_apart(served_target: Serve, context_for: Build, run_check: Run) -> None:
    outcomes = run_check(CHECK, context_for(served_target()))
    assert {o.status for o in outcomes} == {Status.PASS}


def test_a_stale_prefix_cache_is_found(served_target: Serve, context_for: Build, run_check: Run) -> None:
    outcomes = run_check(CHECK, context_for(served_target("tei", "prefix-cache-stale")))
    assert failed(outcomes) == {"different ends", "as the reference"}
    assert "3 of 3 pairs of documents that differ in their end have the same score" in outcomes[1].message


def test_a_stale_prefix_cache_is_found_without_a_reference(
    served_target: Serve, context_for: Build, run_check: Run
) -> None:
    target = served_target("tei", "prefix-cache-stale")
    outcomes = run_check(CHECK, context_for(target, checkpoint=None, reference=None))
    assert failed(outcomes) == {"different ends"}

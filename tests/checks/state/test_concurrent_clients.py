from collections.abc import Callable

from harness.checks.context import Context
from harness.core.findings import Outcome
from harness.core.vocabulary import Status
from harness.targets.http.target import HttpTarget

CHECK = "state.concurrent-clients"
Serve = Callable[..., HttpTarget]
Build = Callable[..., Context]
Run = Callable[[str, Context], list[Outcome]]


def test_clients_of_a_healthy_server_get_their_own(served_target: Serve, context_for: Build, run_check: Run) -> None:
    (outcome,) = run_check(CHECK, context_for(served_target()))
    assert outcome.status is Status.PASS


def test_whose_query_was_scored_is_told(served_target: Serve, context_for: Build, run_check: Run) -> None:
    (outcome,) = run_check(CHECK, context_for(served_target("tei", "mixed-up-under-load")))
    assert outcome.status is Status.FAIL
    assert "got its documents scored for the query of client" in outcome.message


def test_whose_answer_was_handed_over_is_told(served_target: Serve, context_for: Build, run_check: Run) -> None:
    (outcome,) = run_check(CHECK, context_for(served_target("tei", "answers-exchanged")))
    assert outcome.status is Status.FAIL
    assert "got the scores of client" in outcome.message


def test_one_client_meets_no_other(served_target: Serve, context_for: Build, run_check: Run) -> None:
    (outcome,) = run_check(CHECK, context_for(served_target(concurrency=1)))
    assert outcome.status is Status.NOT_VERIFIED

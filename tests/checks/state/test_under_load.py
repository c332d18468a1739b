from collections.abc import Callable

from harness.checks.context import Context
from harness.core.findings import Outcome
from harness.core.vocabulary import Status
from harness.targets.http.target import HttpTarget

CHECK = "state.under-load"
Serve = Callable[..., HttpTarget]
Build = Callable[..., Context]
Run = Callable[[str, Context], list[Outcome]]


def statuses(outcomes: list[Outcome]) -> dict[str, Status]:
    return {outcome.subject: outcome.status for outcome in outcomes}


def test_a_healthy_server_answers_alike_under_load(served_target: Serve, context_for: Build, run_check: Run) -> None:
    outcomes = run_check(CHECK, context_for(served_target()))
    assert statuses(outcomes) == {"idle": Status.PASS, "busy": Status.PASS}


def test_another_kernel_under_load_shows_only_there(served_target: Serve, context_for: Build, run_check: Run) -> None:
    outcomes = run_check(CHECK, context_for(served_target("tei", "rounded-under-load")))
    assert statuses(outcomes) == {"idle": Status.PASS, "busy": Status.FAIL}


def test_drift_shows_on_an_idle_server(served_target: Serve, context_for: Build, run_check: Run) -> None:
    idle, _ = run_check(CHECK, context_for(served_target("tei", "drift-over-repeats")))
    assert idle.status is Status.FAIL
    assert "on an idle server, 8 of 8 answers differ" in idle.message


def test_one_request_at_a_time_is_no_load(served_target: Serve, context_for: Build, run_check: Run) -> None:
    outcomes = run_check(CHECK, context_for(served_target(concurrency=1)))
    assert statuses(outcomes) == {"idle": Status.PASS, "busy": Status.NOT_VERIFIED}

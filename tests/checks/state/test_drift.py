from collections.abc import Callable

from harness.checks.context import Context
from harness.core.events import Event, SeriesRecorded
from harness.core.findings import Outcome
from harness.core.vocabulary import Status
from harness.targets.http.target import HttpTarget

CHECK = "state.drift"
Serve = Callable[..., HttpTarget]
Build = Callable[..., Context]
Run = Callable[[str, Context], list[Outcome]]


def test_a_healthy_server_does_not_drift(served_target: Serve, context_for: Build, run_check: Run) -> None:
    events: list[Event] = []
    (outcome,) = run_check(CHECK, context_for(served_target(), emit=events.append))
    assert outcome.status is Status.PASS
    assert [len(e.values) for e in events if isinstance(e, SeriesRecorded)] == [9]


def test_drift_is_found_with_its_slope(served_target: Serve, context_for: Build, run_check: Run) -> None:
    (outcome,) = run_check(CHECK, context_for(served_target("tei", "drift-over-repeats")))
    assert outcome.status is Status.FAIL
    assert "logit a request on average" in outcome.message

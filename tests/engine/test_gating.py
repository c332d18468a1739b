"""Order of checks, what a failure takes the meaning from, and what a need that is missing means."""

import pytest

from fixtures.collections import Judged
from harness.checks.context import Context
from harness.checks.profiles import profile
from harness.checks.registry import Check, Need, all_checks
from harness.core.errors import TargetError
from harness.core.events import CheckFinished, CheckStarted, Event, FindingMade
from harness.core.findings import Outcome, holds
from harness.core.vocabulary import Area, Phase, Severity, Stage, Status
from harness.engine.session import Session
from harness.engine.setup import Request
from harness.reference.devices import Device
from harness.targets.controls import ConstantControl

EMPTY = Judged("empty", {}, {}, {}, {}, {})


def passing(context: Context) -> Outcome:
    return holds(True, "fine")


def failing(context: Context) -> Outcome:
    return holds(False, "broken")


def crashing(context: Context) -> Outcome:
    raise ZeroDivisionError("oops")


def dying(context: Context) -> Outcome:
    raise TargetError("connection reset")


def made(id: str, body=passing, phase=Phase.RANKING, severity=Severity.MAJOR, needs=()) -> Check:  # type: ignore[no-untyped-def]
    return Check(id, id, "", Area.NUMERICS, Stage.FORWARD, phase, severity, needs, body)


@pytest.fixture
def events() -> list[Event]:
    return []


@pytest.fixture
def session(events: list[Event], monkeypatch: pytest.MonkeyPatch) -> Session:
    known = [made("early", phase=Phase.SPREAD), made("load", phase=Phase.LOAD)]
    monkeypatch.setattr("harness.engine.session.all_checks", lambda: (*known, *all_checks()))
    context = Context(ConstantControl(), Device("cpu"), profile("smoke"), EMPTY)
    return Session(Request(), context, events.append)


def test_a_collapsed_spread_leaves_ranking_without_meaning(session: Session) -> None:
    session.run(made("early", failing, Phase.SPREAD))
    (finding,) = session.run(made("late", passing, Phase.RANKING))
    assert (finding.status, "early" in finding.message) == (Status.NOT_VERIFIED, True)


def test_a_minor_failure_holds_nothing_back(session: Session) -> None:
    session.run(made("early", failing, Phase.SPREAD, Severity.MINOR))
    assert session.run(made("late", passing, Phase.RANKING))[0].status is Status.PASS


def test_values_are_still_compared_when_the_spread_has_collapsed(session: Session) -> None:
    session.run(made("early", failing, Phase.SPREAD))
    assert session.run(made("late", passing, Phase.VALUES))[0].status is Status.PASS


@pytest.mark.parametrize("phase", [p for p in Phase if p is not Phase.LOAD])
def test_what_cannot_be_loaded_leaves_everything_without_meaning(session: Session, phase: Phase) -> None:
    session.run(made("load", failing, Phase.LOAD))
    assert session.run(made("late", passing, phase))[0].status is Status.NOT_VERIFIED


@pytest.mark.parametrize(
    ("need", "severity"),
    [(Need.REFERENCE, Severity.MAJOR), (Need.CHECKPOINT, Severity.MAJOR), (Need.PIPELINE, Severity.INFO)],
)
def test_a_missing_need_is_a_gap_unless_the_target_denies_it_by_nature(
    session: Session, need: Need, severity: Severity
) -> None:
    (finding,) = session.run(made("x", passing, needs=(need,)))
    assert (finding.status, finding.severity) == (Status.NOT_VERIFIED, severity)


def test_a_check_that_crashes_is_an_error_and_no_pass(session: Session) -> None:
    (finding,) = session.run(made("x", crashing))
    assert (finding.status, "ZeroDivisionError: oops" in finding.message) == (Status.ERROR, True)


def test_a_target_that_dies_ends_the_run(session: Session) -> None:
    with pytest.raises(TargetError, match="connection reset"):
        session.run(made("x", dying))


def test_a_check_is_announced_before_its_finding_and_ended_after_it(session: Session, events: list[Event]) -> None:
    session.run(made("x"))
    assert [type(e) for e in events] == [CheckStarted, FindingMade, CheckFinished]


def test_checks_run_in_the_order_of_their_phases() -> None:
    places = [list(Phase).index(c.phase) for c in all_checks()]
    assert places == sorted(places)


def test_every_check_promises_something_and_belongs_to_its_area() -> None:
    assert [c.id for c in all_checks() if not c.promise or not c.title] == []
    folders = {c.id: c.body.__module__.split(".")[2].replace("_", "-") for c in all_checks()}
    assert {i: f for i, f in folders.items() if i.split(".")[0] != f} == {}

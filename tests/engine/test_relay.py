"""Events before the folder is there."""

from harness.core.events import CheckStarted, Event, Noted, RunStarted
from harness.engine.relay import Relay

STARTED = RunStarted("2026-01-01T00:00:00+00:00", {}, {}, "cpu", "smoke", {})


def test_what_happens_while_loading_is_told_after_the_run_has_started() -> None:
    told: list[Event] = []
    relay = Relay()
    relay(Noted("out-of-memory", "halved"))
    relay.attach(told.append)
    relay(STARTED)
    relay(CheckStarted("a.b"))
    assert told == [STARTED, Noted("out-of-memory", "halved"), CheckStarted("a.b")]

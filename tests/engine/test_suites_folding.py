"""One stream from what several workers tell."""

from __future__ import annotations

import math

import pytest

from harness.checks.registry import find
from harness.core.errors import UsageError
from harness.core.events import (
    CheckFinished,
    CheckStarted,
    Event,
    FindingMade,
    Noted,
    RunFinished,
    RunStarted,
    SamplesRecorded,
)
from harness.core.run import Run
from harness.core.vocabulary import Status
from harness.engine.opening import asked
from harness.engine.setup import Request
from harness.engine.suites.folding import Stream
from harness.engine.suites.messages import Kind, Message

CHECK = "numerics.values"


def started(model: str = "sha256:1", machine: str = "one", id: str = "1") -> RunStarted:
    return RunStarted(
        "2026-01-01T00:00:00+00:00", {"spec": "reference"}, {"digest": model}, "cpu", "smoke", {"processor": machine},
        planned=(CHECK,), id=id, request=asked(Request()),
    )  # fmt: skip


@pytest.fixture
def written() -> list[Event]:
    return []


@pytest.fixture
def stream(written: list[Event]) -> Stream:
    return Stream("cpu", lambda: written.append)


def test_every_worker_opens_the_run_and_it_is_told_once(stream: Stream, written: list[Event]) -> None:
    note = Noted("dialect", "it speaks tei")
    for worker in ("gw0", "gw1"):
        stream.take(worker, [started(id=worker), note])
    assert written == [started(id="gw0"), note]


def test_a_check_stays_together_and_the_end_comes_last(stream: Stream, written: list[Event]) -> None:
    check = [CheckStarted(CHECK), SamplesRecorded("a", "A", "ms", (1.0,)), CheckFinished(CHECK)]
    stream.take("gw0", [started(), RunFinished("later")])
    stream.take("gw1", check)
    stream.close()
    assert written == [started(), *check, RunFinished("later")]


def test_a_check_that_came_to_no_end_is_the_one_that_the_run_was_interrupted_in(
    stream: Stream, written: list[Event]
) -> None:
    stream.take("gw0", [started(), CheckStarted("numerics.order")])
    stream.take("gw1", [CheckStarted(CHECK), CheckFinished(CHECK)])
    stream.close()
    assert Run.of(written).interrupted_in == "numerics.order"


def test_a_check_whose_process_died_is_an_error_and_the_run_incomplete(stream: Stream, written: list[Event]) -> None:
    told = stream.crashed(find(CHECK), "worker gw0 crashed")
    assert written == []
    stream.take("gw1", [started(), RunFinished("later")])
    stream.close()
    run = Run.of(written)
    assert [event for event in told if isinstance(event, FindingMade)]
    assert [finding.status for finding in run.findings] == [Status.ERROR]
    assert run.verdict == "incomplete"
    assert stream.crashed(find(CHECK), "again") == []


def test_another_machine_is_noted_and_another_model_refused(stream: Stream, written: list[Event]) -> None:
    stream.take("gw0", [started()])
    stream.take("gw1", [started(machine="two")])
    assert written[1:] == [Noted("workers", "a worker has another environment: processor is two and not one")]
    with pytest.raises(UsageError, match="gw2 does not verify what the other workers do: model digest is sha256:2"):
        stream.take("gw2", [started(model="sha256:2")])


def test_messages_are_plain_and_ascii_whatever_they_say() -> None:
    said = Message.saying(Kind.DEAD, "cpu", "a lone \ud800 and Ünïcode")
    assert said.text.isascii()
    assert Message.of(said.plain).content == "a lone \ud800 and Ünïcode"
    assert math.isnan(Message.saying(Kind.SCORES, "cpu", [[0, float("nan")]]).content[0][1])

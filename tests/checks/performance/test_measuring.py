"""A timing leaves samples that the next run can be held against."""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from harness.checks.context import Context
from harness.checks.performance.measuring import measure
from harness.checks.performance.timing import TimedRequest
from harness.checks.performance.yardstick import Yardstick, timed
from harness.checks.profiles import profile
from harness.checks.resident import resident
from harness.core.events import Event, SamplesRecorded
from harness.core.hosts import is_loopback
from harness.deployments.process import free_port, server_process
from harness.targets.function import FunctionTarget
from harness.targets.http.connection import Connection
from harness.targets.http.target import HttpTarget

Build = Callable[..., Context]
TWICE = replace(profile("smoke"), timed_rounds=4, takes=2)


def half(query: str, documents: Sequence[str], instruction: str | None) -> list[float]:
    return [0.5] * len(documents)


def waiting(query: str, documents: Sequence[str], instruction: str | None) -> list[float]:
    time.sleep(0.02)
    return [0.5] * len(documents)


def samples(context: Context) -> list[SamplesRecorded]:
    told: list[Event] = []
    context.emit = told.append
    measure(TimedRequest.largest(context))
    return [event for event in told if isinstance(event, SamplesRecorded)]


def test_a_target_in_this_process_is_measured_beside_a_yardstick_in_every_take(context_for: Build) -> None:
    found = samples(context_for(FunctionTarget(half, "python:test:half"), reference=None, profile=TWICE))
    names = ["latency", "processor-time", "yardstick", "yardstick-processor-time", "memory"]
    assert [(each.id, each.take) for each in found] == [(name, take) for take in (0, 1) for name in names]
    assert {len(each.values) for each in found} == {4}


def test_waiting_takes_time_and_none_of_the_processor(context_for: Build) -> None:
    latency, processor, *_ = samples(
        context_for(FunctionTarget(waiting, "python:test:waiting"), reference=None, profile=TWICE)
    )
    assert min(latency.values) >= 20.0
    assert min(processor.values) < 10.0


@pytest.mark.parametrize("known", [True, False])
def test_the_memory_of_a_server_is_that_of_its_own_process(known: bool, tmp_path: Path, context_for: Build) -> None:
    port = free_port()
    command = [sys.executable, "-m", "harness.cli", "serve", "--stub", "--port", str(port)]
    with server_process(command, f"http://127.0.0.1:{port}/health", tmp_path / "log") as pid:
        target = HttpTarget.open(f"http://127.0.0.1:{port}", Connection(pid=pid if known else None))
        found = {each.id: each.values for each in samples(context_for(target, reference=None, profile=TWICE))}
        target.server.client.close()
        held = resident(pid) / 2**20
    assert list(found) == ["latency", "yardstick", *(["memory"] if known else [])]
    assert found.get("memory", (held,))[-1] == pytest.approx(held, rel=0.05)


def test_a_turn_of_the_yardstick_is_as_long_as_what_it_stands_beside() -> None:
    assert Yardstick.as_long_as(0.0).units == 1
    long, short = (max(Yardstick.as_long_as(seconds).units for _ in range(3)) for seconds in (0.4, 0.02))
    assert long > 4 * short
    assert Yardstick.as_long_as(60.0).units < 2_000


def test_a_turn_tells_one_unit_however_many_it_computes() -> None:
    one, many = (min(Yardstick(units).turn().processor for _ in range(5)) for units in (1, 8))
    assert many == pytest.approx(one, rel=0.5)


def test_the_clock_and_the_processor_are_told_apart() -> None:
    slept = timed(lambda: time.sleep(0.03))
    assert slept.seconds >= 0.03
    assert slept.processor < 0.02


@pytest.mark.parametrize(
    ("host", "here"), [("localhost", True), ("127.0.0.1", True), ("::1", True), ("192.0.2.1", False), ("gpu-7", False)]
)
def test_a_host_of_this_machine_is_known(host: str, here: bool) -> None:
    assert is_loopback(host) is here

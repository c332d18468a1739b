"""Rounds of a request, measured in the same way in every run, so that one run can be held against another."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import numpy as np

from harness.checks.context import Context
from harness.checks.performance.allocator import settle_allocator
from harness.checks.performance.timing import TimedRequest, Timing
from harness.checks.performance.yardstick import Turn, Yardstick, timed
from harness.checks.resident import resident
from harness.core.events import SamplesRecorded
from harness.core.hosts import is_loopback
from harness.core.scores import Scores

MIB = 2**20
#: As many requests as are timed come before the clock counts, but not for longer than this, in seconds. In the first
#: second of a fresh process a request of the embedded model took up to 6 % longer beside the yardstick than in the
#: minute after it, in four of six processes; checks that come before this one warm the target up as well.
WARM_UP = 2.0


@dataclass
class Rounds:
    """What each round took and held, in order; one list a quantity, empty where it cannot be measured."""

    taken: list[Turn] = field(default_factory=list)
    beside: list[Turn] = field(default_factory=list)
    resident: list[int] = field(default_factory=list)
    on_device: list[int] = field(default_factory=list)
    answers: list[Scores] = field(default_factory=list)


def measure(ask: TimedRequest) -> Timing:
    """Ask `profile.timed_rounds` times in each of `profile.takes` takes, and tell all samples; returns seconds and
    answers of every round.

    Samples: the latency of a request; the processor's time of it, where the target computes in this process on the
    CPU; a yardstick in turns with it, where it computes on this machine; resident memory after each round of the
    process that computes, where that is known; the peak of a CUDA device.
    """
    context = ask.context
    settle_allocator()
    _warm_up(ask)
    yardstick = Yardstick.as_long_as(timed(ask).seconds) if _computes_here(context) else None
    takes = [_rounds(ask, yardstick) for _ in range(context.profile.takes)]
    for take, rounds in enumerate(takes):
        for samples in _samples(ask, rounds, take):
            context.emit(samples)
    seconds = np.array([turn.seconds for rounds in takes for turn in rounds.taken])
    return Timing(seconds, tuple(answer for rounds in takes for answer in rounds.answers))


def _warm_up(ask: TimedRequest) -> None:
    until = time.perf_counter() + WARM_UP
    for _ in range(ask.context.profile.timed_rounds):
        ask()
        if time.perf_counter() > until:
            break


def _rounds(ask: TimedRequest, yardstick: Yardstick | None) -> Rounds:
    rounds, pid = Rounds(), _process(ask.context)
    for _ in range(ask.context.profile.timed_rounds):
        if yardstick is not None:
            rounds.beside.append(yardstick.turn())
        _reset_peak(ask.context)
        rounds.taken.append(timed(lambda: rounds.answers.append(ask())))
        if ask.context.server is None or pid is not None:
            rounds.resident.append(resident(pid))
        rounds.on_device.extend(_peak(ask.context))
    return rounds


def _samples(ask: TimedRequest, rounds: Rounds, take: int) -> Iterator[SamplesRecorded]:
    inside = ask.context.server is None and ask.context.device.kind == "cpu"
    of = f"of {len(ask.pairs)} documents"
    for name, title, unit, values in (
        ("latency", f"Latency {of}", "ms", [1e3 * turn.seconds for turn in rounds.taken]),
        ("processor-time", f"Processor time {of}", "ms", [1e3 * turn.processor for turn in rounds.taken if inside]),
        ("yardstick", "A fixed computation", "ms", [1e3 * turn.seconds for turn in rounds.beside]),
        (
            "yardstick-processor-time", "Processor time of a fixed computation", "ms",
            [1e3 * turn.processor for turn in rounds.beside if inside],
        ),
        ("memory", "Resident memory", "MiB", [size / MIB for size in rounds.resident]),
        ("device-memory", "Peak memory of the device", "MiB", [size / MIB for size in rounds.on_device]),
    ):  # fmt: skip
        if values:
            yield SamplesRecorded(name, title, unit, tuple(values), take=take)


def _computes_here(context: Context) -> bool:
    """Whether this machine's processor does the work."""
    if context.device.kind != "cpu":
        return False
    return context.server is None or is_loopback(urlsplit(context.server.client.url).hostname or "")


def _process(context: Context) -> int | None:
    """The server's process, where it is one of this machine; None for the target in this process."""
    return None if context.server is None else context.server.client.connection.pid


def _reset_peak(context: Context) -> None:
    if context.device.kind == "cuda" and context.server is None:
        import torch

        torch.cuda.reset_peak_memory_stats(context.device.torch)


def _peak(context: Context) -> Iterator[int]:
    """Bytes that the device held at most since the peak was reset; nothing where it is not CUDA in this process."""
    if context.device.kind == "cuda" and context.server is None:
        import torch

        yield torch.cuda.max_memory_allocated(context.device.torch)

"""Speed and memory of the embedded model, measured in fresh processes as `verify` does, as event streams on stdout.

What the tests of the error rates draw from was made within ten minutes, on two virtual cores of an AMD EPYC, by four
times these, one after the other:

    OMP_NUM_THREADS=1 python tests/quality/measured_runs.py 6 >> tests/quality/measured/healthy.jsonl
    OMP_NUM_THREADS=1 python tests/quality/measured_runs.py 2 --slower 0.1 >> tests/quality/measured/slower.jsonl
    OMP_NUM_THREADS=1 python tests/quality/measured_runs.py 1 --larger 0.2 >> tests/quality/measured/larger.jsonl
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from fixtures.collections import load_judged
from harness.checks.context import Context
from harness.checks.performance.measuring import measure
from harness.checks.performance.timing import TimedRequest
from harness.checks.profiles import profile
from harness.checks.resident import resident
from harness.core.events import Event, RunFinished, RunStarted, SamplesRecorded, to_json
from harness.engine.resolve import resolve_model
from harness.reference.devices import Device
from harness.reference.loading import load_reranker
from harness.targets.reference import ReferenceTarget

#: Seconds of asking, in place of the checks that come before in a whole run.
WARM_UP = 3.0
#: Digits behind the point that are kept of milliseconds and MiB.
DECIMALS = 3


@dataclass(frozen=True)
class Slower:
    """A target that computes for a share of its time more than it needs to, and holds a share of memory more."""

    target: ReferenceTarget
    slower: float
    held: bytes

    def __getattr__(self, name: str) -> Any:
        return getattr(self.target, name)

    def score(self, query: str, documents: Sequence[str], instruction: str | None) -> list[float]:
        """The target's scores, late by computing."""
        began = time.thread_time()
        scores = self.target.score(query, documents, instruction)
        until = began + (1.0 + self.slower) * (time.thread_time() - began)
        while time.thread_time() < until:
            pass
        return scores


def main() -> None:
    """Measure as many runs as are asked for, each in a process of its own."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("runs", type=int)
    asked.add_argument("--slower", type=float, default=0.0)
    asked.add_argument("--larger", type=float, default=0.0)
    asked.add_argument("--profile", default="nightly")
    asked.add_argument("--takes", type=int, default=2)
    asked.add_argument("--here", action="store_true", help="in this process")
    given = asked.parse_args()
    if given.here:
        measure_here(given)
        return
    for _ in range(given.runs):
        subprocess.run([sys.executable, __file__, *sys.argv[1:], "--here"], check=True)


def measure_here(given: argparse.Namespace) -> None:
    """One run, in this process."""
    import torch

    torch.set_num_threads(1)
    reranker = load_reranker(resolve_model("tiny-causal"), Device("cpu"), dtype="float32")
    chosen = replace(profile(given.profile), takes=given.takes)
    target = Slower(ReferenceTarget(reranker), given.slower, b"x" * int(given.larger * resident()))
    context = Context(target, Device("cpu"), chosen, load_judged(), emit=tell)
    tell(RunStarted("", {"spec": "reference"}, {"id": "tiny-causal"}, "cpu", given.profile, {}, id=uuid4().hex))
    request = TimedRequest.largest(context)
    until = time.perf_counter() + WARM_UP
    while time.perf_counter() < until:
        request()
    measure(request)
    tell(RunFinished(""))


def tell(event: Event) -> None:
    """Print an event, without digits that mean nothing."""
    if isinstance(event, SamplesRecorded):
        event = replace(event, values=tuple(round(value, DECIMALS) for value in event.values))
    print(to_json(event), flush=True)


if __name__ == "__main__":
    main()

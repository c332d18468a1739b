"""A verification as a process that can be killed, and a target that keeps a record of what it was asked."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from harness.core.events import Event, FindingMade, Noted, RunFinished, RunStarted
from reports.store import read_events

COMMAND = [sys.executable, "-c", "from harness.cli import main; main()"]
TARGET = """
import hashlib, json, time, zlib

def rerank(query, documents, instruction):
    time.sleep(0.003)
    with open("asked.log", "a") as log:
        log.write(hashlib.sha256(json.dumps([query, documents, instruction]).encode()).hexdigest()[:16] + "\\n")
    return [0.05 + 0.9 * zlib.crc32((query + text).encode("utf-8", "replace")) / 2**32 for text in documents]
"""
#: Checks that ask a few hundred requests between them, some of them twice, and need no model.
CHECKS = (
    "score-distribution.finite", "score-distribution.spread", "invariants.determinism", "invariants.permutation",
    "robustness.hostile-texts", "ranking-quality.figures",
)  # fmt: skip
#: Checks that compare the embedded model with the reference over the embedded collection, and measure its noise.
WITH_A_MODEL = (
    "score-distribution.finite", "invariants.determinism", "numerics.values", "numerics.order",
    "ranking-quality.as-reference",
)  # fmt: skip


@dataclass(frozen=True)
class Desk:
    """A folder to work in: the target's module, what it was asked, and one run."""

    path: Path

    @property
    def out(self) -> Path:
        """The run's folder."""
        return self.path / "run"

    @property
    def command(self) -> list[str]:
        """The command line."""
        return COMMAND

    def verify(self, *words: str) -> list[str]:
        """The command of a new run."""
        only = [word for check in CHECKS for word in ("--only", check)]
        return [
            *COMMAND,
            "verify",
            "--target",
            "python:target:rerank",
            "--profile",
            "smoke",
            *only,
            "--out",
            "run",
            *words,
        ]

    def verify_model(self) -> list[str]:
        """The command of a new run in which the embedded model is compared with the reference."""
        only = [word for check in WITH_A_MODEL for word in ("--only", check)]
        return [*COMMAND, "verify", "--profile", "smoke", *only, "--out", "run"]

    def resume(self, *words: str) -> list[str]:
        """The command that goes on with it."""
        return [*COMMAND, "verify", "--resume", "run", *words]

    def run(self, command: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            command, cwd=self.path, capture_output=True, text=True, check=False, timeout=300, **options
        )

    def started(self, command: list[str]) -> subprocess.Popen[bytes]:
        """Start a command and wait until the run's stream is there, or the command has ended."""
        running = subprocess.Popen(command, cwd=self.path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not (self.out / "events.jsonl").exists() and running.poll() is None:
            time.sleep(0.005)
        return running

    def killed(self, command: list[str], seconds: float) -> None:
        """Kill the command that many seconds after the run's stream is there."""
        running = self.started(command)
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.wait(seconds)
        running.kill()
        running.wait()

    def asked(self) -> Counter[str]:
        """How often each request was answered."""
        path = self.path / "asked.log"
        return Counter(path.read_text().splitlines()) if path.exists() else Counter()

    def told(self) -> list[Event]:
        """What the run says, but for times and the notes of its resumptions."""
        events = read_events(self.out / "events.jsonl")
        return [_timeless(event) for event in events if not isinstance(event, Noted) or event.topic != "resumed"]


def _timeless(event: Event) -> Event:
    match event:
        case FindingMade(finding=finding):
            return FindingMade(replace(finding, seconds=0.0))
        case RunStarted():
            return replace(event, started="", id="")
        case RunFinished():
            return RunFinished("")
    return event


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Desk]:
    """A new folder with the target in it."""

    def make() -> Desk:
        path = tmp_path_factory.mktemp("desk")
        (path / "target.py").write_text(TARGET)
        return Desk(path)

    return make


@dataclass(frozen=True)
class Whole:
    """A run that nobody interrupted, and how long it went on after its stream was there."""

    desk: Desk
    seconds: float


@pytest.fixture(scope="session")
def whole(desk: Callable[[], Desk]) -> Whole:
    """The run that others are held to."""
    made = desk()
    return _uninterrupted(made, made.verify())


@pytest.fixture(scope="session")
def with_a_model(desk: Callable[[], Desk]) -> Whole:
    """As `whole`, with a model."""
    made = desk()
    return _uninterrupted(made, made.verify_model())


def _uninterrupted(made: Desk, command: list[str]) -> Whole:
    running = made.started(command)
    began = time.monotonic()
    assert running.wait() == 0
    return Whole(made, time.monotonic() - began)

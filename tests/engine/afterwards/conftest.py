"""A target that may turn its order round, and runs of it of which something becomes."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from harness.checks.registry import find
from harness.core.run import Run
from harness.engine.afterwards import NOTHING, Afterwards
from harness.engine.setup import Request
from harness.engine.verification import Finished, verify_into
from harness.history.store import open_store
from reports.store import read_events

#: A target that ranks by the words that query and document share, or the other way round for its first questions.
TARGET = """
import zlib
from harness.core.errors import Refused

asked = worse_until = 0
refuses_after = dies_after = float("inf")
meanwhile = {}

def rerank(query, documents, instruction):
    global asked
    asked += 1
    meanwhile.pop(asked, lambda: None)()
    if asked > refuses_after:
        raise Refused("no more today")
    if asked > dies_after:
        raise ConnectionError("connection reset")
    scores = [score(query, text) for text in documents]
    return [1.0 - score for score in scores] if asked <= worse_until else scores

def score(query, text):
    words, known = (set(each.lower().split()) for each in (query, text))
    return 0.1 + 0.7 * len(words & known) / max(1, len(words)) + 0.1 * zlib.crc32((query + text).encode()) / 2**32
"""
#: They ask for the judged collection once, and need no model.
CHECKS = ("score-distribution.finite", "ranking-quality.figures")
BASE, RUN, STORE = Path("base"), Path("run"), "h.sqlite"
Verify = Callable[..., Finished]


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The target's module, in the folder where everything happens."""
    (tmp_path / "served.py").write_text(TARGET)
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    import served

    yield served
    del sys.modules["served"]


@pytest.fixture
def verify(served: Any) -> Verify:
    """Verifies the target, which counts anew what it is asked."""

    def run(
        out: Path | None, afterwards: Afterwards = NOTHING, *, checks: tuple[str, ...] = CHECKS, profile: str = "smoke"
    ) -> Finished:
        served.asked = 0
        request = Request(target="python:served:rerank", profile=profile)
        return verify_into(request, out, [find(check) for check in checks], afterwards)

    return run


@pytest.fixture
def usual(served: Any, verify: Verify) -> int:
    """A good run to hold others against; how often it asked the target."""
    assert verify(BASE).exit_status == 0
    return int(served.asked)


def judgement(folder: Path = RUN) -> str:
    return str(json.loads((folder / "comparison.json").read_text())["judgement"])


def of_stream(folder: Path = RUN) -> Run:
    return Run.of(read_events(folder / "events.jsonl"))


def against(base: Path | str = BASE, **others: Any) -> Afterwards:
    return Afterwards(against=str(base), **others)


def kept() -> list[str]:
    """The runs that are in the store."""
    opened = open_store(STORE)
    try:
        return [run.id for run in opened.runs()]
    finally:
        opened.close()

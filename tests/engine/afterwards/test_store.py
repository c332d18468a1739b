"""A run that cannot be kept is whole all the same, and says how to keep it later."""

from __future__ import annotations

import sqlite3
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from harness.checks.registry import find
from harness.core.errors import HarnessError
from harness.core.events import RunFinished
from harness.core.vocabulary import Verdict
from harness.engine import session
from harness.engine.afterwards import Afterwards
from harness.engine.setup import Request
from harness.history import store as stores
from harness.history.database import open_database
from harness.history.errors import StoreUnreachable, StoreUnusable
from harness.history.store import open_store
from reports.store import EventLog, read_events
from tests.engine.afterwards.conftest import CHECKS, RUN, STORE, Verify, of_stream
from tests.history.conftest import Postgres, postgres, postgres_folder  # noqa: F401


def ends_with(error: type[HarnessError], status: int, verify: Verify, afterwards: Afterwards) -> None:
    """The run cannot be kept, which is told; its own events and reports are whole."""
    with pytest.raises(error, match="the run's events are kept: repeat with") as told:
        verify(RUN, afterwards)
    assert (told.value.exit_status, "\n" in str(told.value)) == (status, False)
    assert isinstance(read_events(RUN / "events.jsonl")[-1], RunFinished)
    assert {"report.md", "report.html", "run.json", "junit.xml"} <= {path.name for path in RUN.iterdir()}


def test_a_store_that_is_locked_as_the_run_ends_is_told_and_the_run_can_be_kept_later(
    served: Any, verify: Verify, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "open_database", partial(open_database, patience=0.1))
    other = sqlite3.connect(STORE, isolation_level=None)
    served.meanwhile[3] = lambda: other.execute("BEGIN EXCLUSIVE")
    ends_with(StoreUnusable, 2, verify, Afterwards(store=STORE))
    other.close()
    assert open_store(STORE).add(read_events(RUN / "events.jsonl"))


@pytest.mark.parametrize("base", [None, "last-good"])
def test_a_store_that_is_gone_as_the_run_ends_is_told(base: str | None, served: Any, verify: Verify) -> None:
    def replaced() -> None:
        Path(STORE).unlink()
        Path(STORE).mkdir()

    served.meanwhile[3] = replaced
    ends_with(StoreUnusable, 2, verify, Afterwards(store=STORE, against=base))


def test_a_server_that_nobody_answers_for_ends_no_run(served: Any) -> None:
    events, unreachable = RUN / "events.jsonl", Afterwards("postgresql://ada@127.0.0.1:1/runs", "last-good")
    RUN.mkdir()
    with EventLog(events) as log:
        begun = Request(target="python:served:rerank", profile="smoke")
        session.verify(begun, log, [find(CHECKS[0])], confirm=unreachable.confirming(events))
    assert [note.message[:60] for note in of_stream().notes] == [
        "the store postgresql+psycopg://ada@127.0.0.1:1/runs cannot b"
    ]
    assert (of_stream().verdict, of_stream().finished is None) == (Verdict.PASS, False)


@pytest.mark.slow
@pytest.mark.parametrize("base", [None, "last-good"])
def test_a_server_that_is_gone_as_the_run_ends_is_told(
    base: str | None, served: Any, verify: Verify, request: pytest.FixtureRequest
) -> None:
    server: Postgres = request.getfixturevalue("postgres")
    served.meanwhile[3] = server.die
    ends_with(StoreUnreachable, 3, verify, Afterwards(store=server.url, against=base))

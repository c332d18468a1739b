"""What becomes of a run: held against an earlier one, kept, and judged with what somebody accepted."""

from __future__ import annotations

import json
import math
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from harness.checks.registry import find
from harness.core.errors import HarnessError, TargetError, UsageError
from harness.core.events import Event, RunFinished, SamplesRecorded, to_json
from harness.core.run import Run
from harness.core.vocabulary import Verdict
from harness.engine import session
from harness.engine.afterwards import NOTHING, Afterwards
from harness.engine.resume import resume
from harness.engine.setup import Request
from harness.engine.verification import Finished, verify_into
from harness.history import store as stores
from harness.history.database import open_database
from harness.history.errors import StoreUnreachable, StoreUnusable
from harness.history.store import open_store
from harness.statistics.recorded import takes_of
from reports.store import EventLog, read_events
from tests.history.conftest import Postgres, postgres, postgres_folder  # noqa: F401

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
JUDGED = ("ranking-quality.above-chance", "ranking-quality.figures")
BASE, RUN, STORE = Path("base"), Path("run"), "h.sqlite"
PAGES = {"nightly.md", "nightly.html", "comparison.json"}
ENTRY = {
    "check": "ranking-quality.above-chance", "owner": "ana@example.com", "reason": "turned round on purpose",
    "link": "https://example.com/1", "expires": "2999-01-31", "justification": "FixDeferred",
}  # fmt: skip
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


def test_what_is_as_it_was_is_not_measured_again(usual: int, served: Any, verify: Verify) -> None:
    finished = verify(RUN, against())
    assert (finished.exit_status, judgement(), served.asked) == (0, "unchanged", usual)
    assert takes_of(finished.run) == (0,)


def test_what_is_worse_is_measured_again_and_believed_where_it_is_seen_again(
    usual: int, served: Any, verify: Verify
) -> None:
    served.worse_until = math.inf
    finished = verify(RUN, against())
    assert (finished.run.verdict, finished.exit_status, judgement()) == (Verdict.PASS, 1, "worse")
    assert (takes_of(finished.run), served.asked > usual) == ((0, 1), True)


def test_what_was_worse_only_the_first_time_is_flaky_and_no_failure(
    usual: int, served: Any, verify: Verify, capsys: pytest.CaptureFixture[str]
) -> None:
    served.worse_until = usual
    finished = verify(RUN, against())
    assert (finished.exit_status, judgement(), takes_of(finished.run)) == (0, "flaky", (0, 1))
    assert "Not worse than the base, but not steady" in capsys.readouterr().out


def test_what_takes_longer_is_timed_again(verify: Verify) -> None:
    timed = partial(verify, checks=("performance.latency",))
    timed(BASE)
    stream = BASE / "events.jsonl"
    stream.write_text("".join(to_json(at_once(event)) + "\n" for event in read_events(stream)))
    finished = timed(RUN, against())
    assert {samples.take for samples in finished.run.samples if samples.id == "latency"} == {0, 1}


def at_once(event: Event) -> Event:
    """The event, of a request that takes hardly any time at all: so little that no busy machine hides it."""
    if not isinstance(event, SamplesRecorded) or event.id != "latency":
        return event
    return replace(event, values=(1e-200,) * len(event.values))


def test_the_pages_say_how_the_run_compares(usual: int, served: Any, verify: Verify) -> None:
    served.worse_until = math.inf
    verify(RUN, against())
    assert {path.name for path in RUN.iterdir()} >= PAGES | {"report.md", "report.html", "run.json"}
    assert (RUN / "nightly.md").read_text().startswith("# Nightly: Worse than the base")
    assert "Worse than the base" in (RUN / "nightly.html").read_text()


def test_a_target_that_will_not_be_asked_again_leaves_what_was_seen(usual: int, served: Any, verify: Verify) -> None:
    served.worse_until, served.refuses_after = math.inf, usual
    finished = verify(RUN, against())
    assert (finished.exit_status, judgement()) == (1, "worse")
    assert [note.message for note in finished.run.notes if note.topic == "comparison"] == [
        "what looks worse could not be measured again: no more today"
    ]


def test_a_target_that_dies_while_it_is_asked_again_can_be_gone_on_with(
    usual: int, served: Any, verify: Verify
) -> None:
    served.worse_until, served.dies_after = math.inf, usual + 3
    with pytest.raises(TargetError, match="connection reset"):
        verify(RUN, against())
    assert (RUN / "report.md").is_file()
    served.dies_after = math.inf
    assert (resume(RUN, afterwards=against()).exit_status, judgement(), takes_of(of_stream())) == (1, "worse", (0, 1))


@pytest.mark.parametrize(
    ("afterwards", "told"),
    [
        (against("nowhere"), "no run whose id begins with 'nowhere'"),
        (Afterwards(waivers=Path("nowhere.toml")), "nowhere.toml"),
        (Afterwards(store="mysql://host/runs"), "cannot be kept in 'mysql'"),
    ],
)
def test_what_cannot_be_had_is_told_before_anything_is_asked(
    afterwards: Afterwards, told: str, served: Any, verify: Verify
) -> None:
    with pytest.raises(UsageError, match=told):
        verify(RUN, afterwards)
    assert (served.asked, RUN.exists()) == (0, False)


def test_a_base_of_another_collection_is_told_and_the_run_is_kept(usual: int, verify: Verify) -> None:
    stream = BASE / "events.jsonl"
    collection = of_stream(BASE).started.inputs["collection"]
    stream.write_text(stream.read_text().replace(collection, "sha256:other"))
    with pytest.raises(UsageError, match="cannot be compared: the collection was"):
        verify(RUN, against(store=STORE))
    assert "cannot be compared" in next(note.message for note in of_stream().notes if note.topic == "comparison")
    assert ((RUN / "report.md").is_file(), kept()) == (True, [of_stream().id])


@pytest.mark.parametrize("out", [BASE, None], ids=["its own folder", "the latest"])
def test_a_base_whose_place_the_run_takes_is_read_before(out: Path | None, served: Any, verify: Verify) -> None:
    base = verify(out).run
    served.worse_until = math.inf
    finished = verify(out, against(out or "reports/out/latest"))
    document = json.loads((finished.folder / "comparison.json").read_text())
    assert (document["base"]["id"], document["judgement"]) == (base.id, "worse")


def kept() -> list[str]:
    """The runs that are in the store."""
    opened = open_store(STORE)
    try:
        return [run.id for run in opened.runs()]
    finally:
        opened.close()


NIGHTLY = Afterwards(store=STORE, against="last-good")


def test_the_first_night_has_no_base_and_is_no_failure(verify: Verify) -> None:
    finished = verify(RUN, NIGHTLY)
    assert (finished.exit_status, kept()) == (0, [finished.run.id])
    assert (RUN / "nightly.md").read_text().startswith("# Nightly: No run to compare with yet")
    assert PAGES - {path.name for path in RUN.iterdir()} == {"comparison.json"}


def test_the_second_night_is_held_against_the_first(served: Any, verify: Verify) -> None:
    first = verify(Path("night-1"), NIGHTLY).run
    served.worse_until = math.inf
    second = verify(Path("night-2"), NIGHTLY)
    document = json.loads((second.folder / "comparison.json").read_text())
    assert (second.exit_status, document["base"]["id"], document["run"]["id"]) == (1, first.id, second.run.id)
    assert kept() == [first.id, second.run.id]


def test_a_finished_run_can_be_held_against_another_without_its_target(usual: int, served: Any, verify: Verify) -> None:
    served.worse_until = math.inf
    verify(RUN)
    served.refuses_after = 0
    assert (resume(RUN, afterwards=against()).exit_status, judgement()) == (1, "worse")


@pytest.fixture
def waived(tmp_path: Path, served: Any) -> Callable[..., Afterwards]:
    """Accepts a failure in a file; the target's order is upside down."""
    served.worse_until = math.inf

    def write(**changes: str) -> Afterwards:
        lines = [f'{name} = "{value}"' for name, value in (ENTRY | changes).items()]
        path = tmp_path / "waivers.toml"
        path.write_text("\n".join(['schema = "rerank-harness/waivers/1"', "[[waiver]]", *lines]))
        return Afterwards(waivers=path)

    return write


def test_a_failure_that_is_accepted_is_none(
    waived: Callable[..., Afterwards], verify: Verify, capsys: pytest.CaptureFixture[str]
) -> None:
    finished = verify(RUN, waived(), checks=JUDGED)
    assert (finished.run.verdict, finished.exit_status) == (Verdict.FAIL, 0)
    assert (
        "accepted: ranking-quality.above-chance, by waiver 1 (ranking-quality.above-chance, ana@example.com), through "
        "2999-01-31\n"
    ) in capsys.readouterr().err


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"expires": "2026-01-31"}, "ranking-quality.above-chance, ana@example.com) expired on 2026-01-31"),
        (
            {"check": "ranking-quality.wishes"},
            "ranking-quality.wishes, ana@example.com) matches nothing that was found",
        ),
    ],
)
def test_an_entry_that_has_expired_or_matches_nothing_accepts_nothing(
    changes: dict[str, str], told: str, waived: Callable[..., Afterwards], verify: Verify,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    assert verify(RUN, waived(**changes), checks=JUDGED).exit_status == 1
    said = capsys.readouterr().err
    assert (f"waiver 1 ({told}" in said, "accepted: " in said) == (True, False)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "is not needed: nothing that it matches falls short any more"),
        ({"expires": "2026-01-31"}, "expired on 2026-01-31"), ({"check": "wishes.*"}, "matches nothing that was found"),
    ],
)  # fmt: skip
def test_an_entry_that_is_not_needed_is_a_failure_of_a_run_that_passes(
    changes: dict[str, str], told: str, waived: Callable[..., Afterwards], served: Any, verify: Verify,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    afterwards, served.worse_until = waived(**changes), 0
    finished = verify(RUN, afterwards, checks=JUDGED)
    assert (finished.run.verdict, finished.exit_status) == (Verdict.PASS, 1)
    assert told in capsys.readouterr().err


def test_an_entry_for_another_device_is_left_alone(
    waived: Callable[..., Afterwards], served: Any, verify: Verify
) -> None:
    afterwards, served.worse_until = waived(device="cuda"), 0
    assert verify(RUN, afterwards, checks=JUDGED).exit_status == 0


def test_what_is_accepted_excuses_nothing_that_is_worse_than_the_base(
    waived: Callable[..., Afterwards], served: Any, verify: Verify
) -> None:
    afterwards, served.worse_until = waived(), 0
    verify(BASE, checks=JUDGED)
    served.worse_until = math.inf
    finished = verify(RUN, against(waivers=afterwards.waivers), checks=JUDGED)
    assert (finished.exit_status, judgement()) == (1, "worse")


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

"""Runs put into the history through the command line, also when the store was gone as they ended."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.core.events import FindingMade, RunFinished, RunStarted, to_json
from harness.core.findings import Finding
from harness.core.run import Run
from harness.core.vocabulary import Area, Severity, Stage, Status
from harness.history.store import open_store
from reports.store import read_events
from tests.cli.conftest import Done

FINDING = FindingMade(
    Finding(
        "numerics.values", "Values", Area.NUMERICS, Stage.FORWARD, Status.PASS, Severity.MAJOR, "cpu", "", 0.5, 1.0,
        0.5, "logit", "", "", "", "", 0.1,
    )
)  # fmt: skip
KEPT = "the run's events are kept: repeat with `rerank-harness store RUN --store URL`\n"
#: A target that does something to the store as soon as it is asked.
TARGET = """
import zlib

def rerank(query, documents, instruction):
    meanwhile()
    return [0.05 + 0.9 * zlib.crc32((query + text).encode()) / 2**32 for text in documents]
"""
Command = Callable[..., Done]
Write = Callable[..., Path]


@pytest.fixture
def written(tmp_path: Path) -> Write:
    """Writes the folder of a run."""

    def write(name: str, *, finished: bool = True) -> Path:
        started = RunStarted(
            "2026-01-01T02:00:00.000+00:00", {"spec": "reference"}, {"id": "m"}, "cpu", "nightly", {},
            ("numerics.values",), id=name * 32,
        )  # fmt: skip
        ended = [RunFinished("2026-01-01T02:01:00.000+00:00")] if finished else []
        (tmp_path / name).mkdir(exist_ok=True)
        (tmp_path / name / "events.jsonl").write_text("".join(to_json(e) + "\n" for e in (started, FINDING, *ended)))
        return tmp_path / name

    return write


@pytest.fixture
def store(command: Command) -> Command:
    """Runs the command over the store."""
    return lambda *words: command("store", "--store", "h.sqlite", *words)


def kept() -> list[str]:
    """The runs that are in the store."""
    opened = open_store("h.sqlite")
    try:
        return [run.id[:1] for run in opened.runs()]
    finally:
        opened.close()


def test_a_run_is_kept(store: Command, written: Write) -> None:
    assert store(written("a")) == (0, "aaaaaaaa  stored\n", "")
    assert kept() == ["a"]


def test_a_run_that_is_there_is_told_and_left_as_it_is(store: Command, written: Write) -> None:
    store(run := written("a"))
    assert store(run) == (0, "aaaaaaaa  already there\n", "")
    assert kept() == ["a"]


def test_several_runs_are_kept_at_once_by_folder_or_stream(store: Command, written: Write) -> None:
    store(written("b"))
    done = store(written("a"), written("b"), written("c") / "events.jsonl")
    assert done == (0, "aaaaaaaa  stored\nbbbbbbbb  already there\ncccccccc  stored\n", "")
    assert kept() == ["a", "b", "c"]


def test_a_run_that_was_kept_before_its_end_is_replaced(store: Command, written: Write) -> None:
    store(written("a", finished=False))
    assert store(written("a")) == (0, "aaaaaaaa  stored\n", "")


def test_without_a_name_the_store_is_where_every_command_looks(command: Command, written: Write) -> None:
    command("store", written("a"))
    assert Path("reports/out/history.sqlite").is_file()
    assert "numerics.values of reference" in command("history").out


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "line 2: not an event of": lambda content: content.replace(b'"FindingMade"', b'"Wishes"'),
    "line 1: 'utf-8' codec": lambda content: content.replace(b"numerics.values", b"\xff\xfe"),
    "does not begin with RunStarted": lambda content: content[content.index(b"\n") + 1 :],
    "is this an events.jsonl of a run?": lambda content: b"",
}


@pytest.mark.parametrize("told", DAMAGES)
def test_of_a_batch_with_a_damaged_stream_nothing_is_kept(told: str, store: Command, written: Write) -> None:
    runs = [written(name) for name in "abc"]
    stream = runs[1] / "events.jsonl"
    stream.write_bytes(DAMAGES[told](stream.read_bytes()))
    done = store(*runs)
    assert (done.status, done.out, len(done.err.splitlines()), told in done.err) == (2, "", 1, True)
    assert kept() == []


def test_a_folder_without_a_run_is_told_in_one_line(store: Command) -> None:
    done = store("nowhere")
    assert (done.status, done.out) == (2, "")
    assert (
        done.err == "rerank-harness: cannot read nowhere: No such file or directory; name the events.jsonl of a run\n"
    )


def test_a_changed_run_of_a_kept_id_is_refused(store: Command, written: Write) -> None:
    store(run := written("a"))
    stream = run / "events.jsonl"
    stream.write_text(stream.read_text().replace('"value": 0.5', '"value": 0.25'))
    done = store(run)
    assert (done.status, done.out, len(done.err.splitlines())) == (2, "", 1)
    assert "were its events changed?" in done.err


def test_a_server_that_nobody_answers_for_is_exit_status_3_without_the_password(
    command: Command, written: Write
) -> None:
    done = command("store", written("a"), "--store", "postgresql://ada:planted@127.0.0.1:1/runs")
    assert (done.status, done.out, len(done.err.splitlines())) == (3, "", 1)
    assert done.err.startswith(
        "rerank-harness: the store postgresql+psycopg://ada:***@127.0.0.1:1/runs cannot be reached"
    )
    assert done.err.endswith(KEPT)
    assert "planted" not in done.err


@pytest.mark.parametrize(
    "place", ["folder", "mysql://ada:planted@host/runs", "postgresql://ada:planted@host:port/runs"]
)
def test_a_place_where_nothing_can_be_kept_is_told_in_one_line(place: str, command: Command, written: Write) -> None:
    Path("folder").mkdir()
    done = command("store", written("a"), "--store", place)
    assert (done.status, done.out, len(done.err.splitlines())) == (2, "", 1)
    assert "planted" not in done.err


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """A target in whose first answer the store becomes a folder, which is no store."""
    (tmp_path / "kept_target.py").write_text(TARGET)
    monkeypatch.syspath_prepend(tmp_path)
    import kept_target

    def meanwhile() -> None:
        path = tmp_path / "h.sqlite"
        if path.is_file():
            path.unlink()
            path.mkdir()

    kept_target.meanwhile = meanwhile
    yield meanwhile
    del sys.modules["kept_target"]


@pytest.mark.usefixtures("target")
def test_a_run_whose_store_went_away_meanwhile_is_kept_afterwards(command: Command, store: Command) -> None:
    asked = ("--target", "python:kept_target:rerank", "--profile", "smoke", "--only", "score-distribution.finite")
    done = command("verify", *asked, "--store", "h.sqlite", "--out", "run")
    assert (done.status, done.err.endswith(f"unable to open database file; {KEPT}")) == (2, True)
    assert Path("run/report.md").is_file()
    Path("h.sqlite").rmdir()
    assert store("run") == (0, f"{Run.of(read_events(Path('run/events.jsonl'))).id[:8]}  stored\n", "")

"""The folder of a run."""

import json
import os
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from harness.core.errors import UsageError
from harness.core.events import CheckStarted
from reports.store import EventLog, RunFolder, read_events, write_atomically

NOW = datetime(2026, 11, 23, 4, 5, 6, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_default_folder_is_named_after_time_and_device() -> None:
    assert RunFolder.create(None, "cpu", NOW).path == Path("reports/out/20261123T040506Z-cpu")


def test_the_name_is_in_utc_whatever_the_zone() -> None:
    east = NOW.astimezone(timezone(timedelta(hours=9)))
    assert RunFolder.create(None, "cuda:1", east).path.name == "20261123T040506Z-cuda-1"


def test_two_runs_in_the_same_second_have_two_folders() -> None:
    first, second = (RunFolder.create(None, "cpu", NOW).path for _ in range(2))
    assert first != second
    assert first.is_dir()
    assert second.is_dir()


def test_latest_points_to_the_newest() -> None:
    RunFolder.create(None, "cpu", NOW)
    newest = RunFolder.create(None, "cpu", NOW + timedelta(seconds=1))
    assert Path("reports/out/latest").resolve() == newest.path.resolve()
    assert not Path(os.readlink("reports/out/latest")).is_absolute()


def test_a_latest_that_is_no_link_is_left_alone() -> None:
    Path("reports/out/latest").mkdir(parents=True)
    folder = RunFolder.create(None, "cpu", NOW)
    assert {p.name for p in Path("reports/out").iterdir()} == {"latest", folder.path.name}


def test_a_given_folder_loses_the_reports_of_an_earlier_run_and_nothing_else(tmp_path: Path) -> None:
    for name in ("report.html", "nightly.html", "comparison.json", "mine.txt"):
        (tmp_path / name).write_text("old")
    RunFolder.create(tmp_path, "cpu", NOW)
    assert {p.name for p in tmp_path.iterdir()} == {"mine.txt", "events.jsonl"}
    assert not Path("reports").exists()


@pytest.mark.parametrize("below", [(), ("deeper",)])
def test_a_file_in_the_way_is_a_usage_error(tmp_path: Path, below: tuple[str, ...]) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(UsageError, match="in the way"):
        RunFolder.create(tmp_path.joinpath("file", *below), "cpu", NOW)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_a_usage_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(UsageError, match="cannot write"):
        RunFolder.create(tmp_path / "out", "cpu", NOW)


def test_a_device_file_system_that_refuses_folders_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="cannot write"):
        RunFolder.create(Path("/proc/rerank-harness"), "cpu", NOW)


def test_each_event_is_on_the_disk_as_it_happens(tmp_path: Path) -> None:
    with EventLog(tmp_path / "events.jsonl") as emit:
        for n, check in enumerate(("a", "b"), 1):
            emit(CheckStarted(check))
            assert len((tmp_path / "events.jsonl").read_text().splitlines()) == n
    assert json.loads((tmp_path / "events.jsonl").read_text().splitlines()[1]) == {
        "event": "CheckStarted",
        "check": "b",
    }


def test_a_log_can_be_closed_twice_and_read_back(tmp_path: Path) -> None:
    log = EventLog(tmp_path / "events.jsonl")
    log(CheckStarted("a"))
    log.close()
    log.close()
    assert read_events(log.path) == [CheckStarted("a")]


def test_a_file_that_cannot_be_finished_leaves_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "report.md").write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write_atomically(tmp_path / "report.md", "new \ud800")
    assert {p.name: p.read_text() for p in tmp_path.iterdir()} == {"report.md": "old"}

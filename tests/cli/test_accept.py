"""A run becomes the base of the runs to come: by somebody, for a reason, with what it gives up in sight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from harness.cli import application
from harness.core.errors import UsageError
from harness.core.events import Event, FindingMade, RunFinished, RunStarted, to_json
from harness.core.findings import Finding
from harness.core.vocabulary import Area, Severity, Stage, Status
from harness.engine.acceptance import person_of
from harness.engine.runs import resolve_run
from harness.history.store import open_store

FINDING = Finding(
    "numerics.values", "Values", Area.NUMERICS, Stage.FORWARD, Status.PASS, Severity.MAJOR, "cpu", "", 1.0, 10.0, 9.0,
    "logit", "", "", "", "", 0.1,
)  # fmt: skip
REASON = ("--reason", "rounded on purpose", "--who", "Ada")
Accept = Callable[..., Result]


def written(folder: Path, name: str, *, status: Status = Status.PASS, margin: float = 9.0, whole: bool = True) -> Path:
    """The folder of a run."""
    night = len(list(folder.iterdir()))
    started = RunStarted(
        f"2026-01-0{1 + night}T02:00:00.000+00:00", {"spec": "reference"}, {"id": "m", "digest": "sha256:0"}, "cpu",
        "nightly", {}, ("numerics.values",), id=name * 32,
    )  # fmt: skip
    found = FindingMade(replace(FINDING, status=status, margin=margin))
    events: list[Event] = [started, found, *([RunFinished("2026-01-09T02:00:00.000+00:00")] if whole else [])]
    (folder / name).mkdir()
    (folder / name / "events.jsonl").write_text("".join(to_json(event) + "\n" for event in events))
    return folder / name


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    (tmp_path / "runs").mkdir()
    return tmp_path / "runs"


@pytest.fixture
def store(tmp_path: Path) -> str:
    return str(tmp_path / "history.sqlite")


@pytest.fixture
def accept(store: str) -> Accept:
    def command(*words: str | Path) -> Result:
        return CliRunner().invoke(application(), ["accept", "--store", store, *map(str, words)])

    return command


def test_the_first_base_is_written_down_with_who_when_and_why(runs: Path, store: str, accept: Accept) -> None:
    done = accept(written(runs, "a"), *REASON)
    assert done.exit_code == 0, done.output
    assert "by: Ada (--who)" in done.output
    (kept,) = open_store(store).acceptances()
    assert (kept.run_id, kept.base_id, kept.reason, kept.who) == ("a" * 32, None, "rounded on purpose", "Ada")
    assert kept.when.endswith("+00:00")


def test_how_each_margin_moved_is_shown_and_kept(runs: Path, store: str, accept: Accept) -> None:
    base = written(runs, "a")
    done = accept(written(runs, "b", status=Status.FAIL, margin=-1.0), "--base", base, *REASON)
    row = next(line for line in done.output.splitlines() if line.startswith("numerics.values"))
    assert row.split() == [
        "numerics.values",
        "9",
        "logit",
        "-1",
        "logit",
        "-10",
        "logit",
        "-100.0%",
        "pass",
        "→",
        "fail",
    ]
    (kept,) = open_store(store).acceptances()
    assert kept.base_id == "a" * 32
    assert kept.comparison["findings"][0]["margin_moved"] == -10.0


def test_a_failing_run_that_was_accepted_is_the_base_from_now_on(runs: Path, store: str, accept: Accept) -> None:
    accept(written(runs, "a"), *REASON)
    accept(written(runs, "b", status=Status.FAIL, margin=-1.0), *REASON)
    later = resolve_run(str(written(runs, "c")))
    assert resolve_run("last-good", store, of=later).id == "b" * 32
    assert [kept.base_id for kept in open_store(store).acceptances()] == [None, "a" * 32]


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_is_accepted(reason: str, runs: Path, store: str, accept: Accept) -> None:
    done = accept(written(runs, "a"), "--reason", reason)
    assert isinstance(done.exception, UsageError)
    assert "needs a reason" in str(done.exception)
    assert open_store(store).acceptances() == []


def test_a_run_that_was_cut_short_is_refused(runs: Path, accept: Accept) -> None:
    done = accept(written(runs, "a", whole=False), *REASON)
    assert "did not come to its end" in str(done.exception)


def test_git_is_asked_who_accepts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config").write_text("[user]\n name = Grace Hopper\n email = grace@example.org\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)
    person = person_of(None)
    assert (person.name, person.known_by) == ("Grace Hopper <grace@example.org>", "git config")


def test_where_git_knows_nobody_the_login_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("LOGNAME", "ada")
    assert (person_of(None).name, person_of(None).known_by) == ("ada", "the login")


def test_an_empty_name_is_refused() -> None:
    with pytest.raises(UsageError, match="--who is empty"):
        person_of(" ")

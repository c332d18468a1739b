"""Workers answer a run's questions of many pairs: the same run, whoever scores."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from harness.core.errors import TargetError, UsageError
from harness.core.events import Event, FindingMade, NoiseRecorded, Noted, ScoresRecorded
from harness.engine import distribution
from harness.engine.resume import resume
from harness.engine.session import select_checks
from harness.engine.setup import Request
from harness.engine.verification import verify_into
from harness.scoring.engine import Engine, Kind
from harness.scoring.here import InProcess
from harness.scoring.placement import Need
from harness.scoring.worker import Opening, identity
from reports.store import read_events

FINITE = select_checks(["score-distribution.finite"])
CHECKS = select_checks(
    ["score-distribution.finite", "ranking-quality.as-reference", "ranking-quality.negative-controls"]
)
RAY = Engine(Kind.RAY, 2)


def told(folder: Path) -> list[Event]:
    """What must be the same whoever scores."""
    kept = [
        event for event in read_events(folder / "events.jsonl") if isinstance(event, ScoresRecorded | NoiseRecorded)
    ]
    findings = [event.finding for event in read_events(folder / "events.jsonl") if isinstance(event, FindingMade)]
    return [*kept, *((f.check, f.subject, f.status, f.value, f.message) for f in findings)]  # type: ignore[list-item]


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Workers that need no cluster: all else is as with one. The list says whom they were hired for."""
    hired: list[str] = []

    @contextmanager
    def crew(self: Engine, openings: Sequence[Opening], need: Need, limit: int | None = None) -> Iterator[Any]:
        hired.append(openings[0].name)
        yield InProcess(openings[0].open()), identity(openings[0])

    monkeypatch.setattr(Engine, "crew", crew)
    return hired


@pytest.mark.slow
def test_a_run_by_workers_is_that_of_one_process(in_process: list[str], tmp_path: Path) -> None:
    request = Request(profile="smoke")
    verify_into(request, tmp_path / "here", CHECKS)
    verify_into(request, tmp_path / "there", CHECKS, engine=RAY)
    assert told(tmp_path / "there") == told(tmp_path / "here")
    assert len(in_process) == 2  # the target's, and then the reference's


@pytest.mark.slow
@pytest.mark.xdist_group("ray")
def test_a_run_by_workers_of_a_cluster_is_that_of_one_process(tmp_path: Path) -> None:
    request = Request(profile="smoke", dtype="bfloat16")
    verify_into(request, tmp_path / "here", CHECKS)
    verify_into(request, tmp_path / "there", CHECKS, engine=RAY)
    assert told(tmp_path / "there") == told(tmp_path / "here")


@pytest.mark.slow
def test_scores_lie_beside_the_events_by_check_and_who_was_asked(in_process: list[str], tmp_path: Path) -> None:
    verify_into(Request(profile="smoke"), tmp_path / "run", CHECKS[1:], engine=RAY)
    found = {path.parent.relative_to(tmp_path / "run" / "scores") for path in tmp_path.rglob("*.parquet")}
    assert sorted(str(path).rpartition("-")[0] for path in found) == [
        "ranking-quality.as-reference/reference", "score-distribution.finite/target",
    ]  # fmt: skip


def test_what_workers_had_answered_is_not_asked_again(
    in_process: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run ends within its question; its second process asks for what is left of it."""
    whole, asked = distribution.collect, []

    def dies(units: Any, *others: Any) -> Iterator[Any]:
        for number, done in enumerate(whole(units, *others)):
            if number == 3:
                raise TargetError("the connection was lost")
            yield done

    def counts(units: Any, *others: Any) -> Iterator[Any]:
        for done in whole(units, *others):
            asked.extend(done.load.units)
            yield done

    request = Request(profile="smoke")
    monkeypatch.setattr(distribution, "collect", dies)
    with pytest.raises(TargetError):
        verify_into(request, tmp_path / "run", FINITE, engine=RAY)
    monkeypatch.setattr(distribution, "collect", counts)
    resume(tmp_path / "run", engine=RAY)
    verify_into(request, tmp_path / "here", FINITE)
    assert 0 not in {unit.number for unit in asked}
    assert told(tmp_path / "run") == told(tmp_path / "here")


def test_scores_of_an_earlier_run_in_the_same_folder_are_not_taken(in_process: list[str], tmp_path: Path) -> None:
    verify_into(Request(profile="smoke"), tmp_path / "run", FINITE, engine=RAY)
    scores = tmp_path / "run" / "scores"
    shutil.copytree(scores, scores / "stale")
    (scores / "notes.txt").write_text("not ours")
    verify_into(Request(profile="smoke"), tmp_path / "run", FINITE, engine=RAY)
    assert {path.name for path in scores.iterdir()} == {"notes.txt", "score-distribution.finite"}


def test_the_report_says_who_scored(in_process: list[str], tmp_path: Path) -> None:
    verify_into(Request(profile="smoke"), tmp_path / "run", FINITE, engine=RAY)
    notes = [event.message for event in read_events(tmp_path / "run" / "events.jsonl") if isinstance(event, Noted)]
    assert "questions of many pairs are answered by Ray: 2 workers of this machine" in notes


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        (Request(record=Path("answers.jsonl")), "--record writes what one process is answered"),
        (Request(target="recorded:answers.jsonl"), "a recording is read and not computed"),
    ],
)
def test_what_workers_cannot_do_is_refused_before_anything_is_written(
    request_: Request, reason: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=reason):
        verify_into(request_, tmp_path / "run", CHECKS, engine=RAY)
    assert not (tmp_path / "run").exists()

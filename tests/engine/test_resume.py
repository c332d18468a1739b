"""Going on with a run that was interrupted."""

import json
import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness.checks.registry import Check, find
from harness.core.errors import TargetError, UsageError
from harness.core.events import (
    CauseFound,
    CheckFinished,
    Event,
    FindingMade,
    Noted,
    RunFinished,
    RunStarted,
    SamplesRecorded,
    SeriesRecorded,
)
from harness.core.scores import Scale
from harness.core.vocabulary import Area
from harness.engine.journaling import sees_answers_only
from harness.engine.resume import resume
from harness.engine.setup import Request
from harness.engine.verification import verify_into
from harness.targets import function
from reports.claim import claimed
from reports.store import read_events

#: Between them they ask twice on purpose, remember, find fault (so that a diagnosis follows), and read the clock.
CHECKS = (
    "score-distribution.finite", "score-distribution.spread", "invariants.determinism", "ranking-quality.above-chance",
    "performance.latency",
)  # fmt: skip


class Deployment:
    """What `python:` finds in place of a module: a callable that may die, and keeps what it has answered."""

    def __init__(self) -> None:
        self.answered: list[tuple[str, tuple[str, ...]]] = []
        self.whole: list[tuple[str, tuple[str, ...]]] = []
        self.dies_after = 1_000_000
        self.scale = Scale.PROBABILITY.value

    def __call__(self, query: str, documents: list[str], instruction: str | None) -> list[float]:
        if len(self.answered) >= self.dies_after:
            raise ConnectionError("connection reset")
        self.answered.append((query, tuple(documents)))
        # with the count in it no two answers are alike; the last bits do not move a rank
        return [random.Random(query + text).random() + len(self.answered) * 1e-12 for text in documents]


@pytest.fixture
def deployment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Deployment:
    found = Deployment()
    monkeypatch.setattr(function, "import_function", lambda spec: function.FunctionTarget(found, spec))
    monkeypatch.chdir(tmp_path)
    return found


def checks() -> list[Check]:
    return [find(check) for check in CHECKS]


REQUEST = Request(target="python:some:where", profile="smoke")
RUN = Path("run")


def told(path: Path) -> list[Event]:
    """What a run says, but for times, what they measure, and the notes of resumptions."""
    return [_timeless(event) for event in read_events(path / "events.jsonl") if not _of_its_time(event)]


def _of_its_time(event: Event) -> bool:
    match event:
        case FindingMade(finding=finding):
            return finding.area is Area.PERFORMANCE
        case Noted(topic=topic):
            return topic == "resumed"
    return isinstance(event, SeriesRecorded | SamplesRecorded | CauseFound | RunFinished)


def _timeless(event: Event) -> Event:
    match event:
        case FindingMade(finding=finding):
            return FindingMade(replace(finding, seconds=0.0))
        case RunStarted():
            return replace(event, started="", id="")
    return event


@pytest.fixture
def whole(deployment: Deployment) -> Path:
    """A run that nobody interrupted; the deployment is then as new."""
    verify_into(REQUEST, Path("whole"), checks())
    deployment.whole = list(deployment.answered)
    deployment.answered.clear()
    return Path("whole")


@pytest.mark.parametrize("after", [0, 1, 7, 40, 64, 130])
def test_a_target_that_died_is_not_asked_again_for_what_it_had_answered(
    after: int, whole: Path, deployment: Any
) -> None:
    deployment.dies_after = after
    with pytest.raises(TargetError):
        verify_into(REQUEST, RUN, checks())
    deployment.dies_after = 1_000_000
    resume(RUN)
    assert told(RUN) == told(whole)
    assert deployment.answered == deployment.whole


def test_a_stream_that_lost_its_end_anywhere_goes_on_to_the_same_findings(whole: Path, deployment: Deployment) -> None:
    content = (whole / "events.jsonl").read_bytes()
    begun = content.index(b"\n") + 1
    verify_into(REQUEST, Path("timed"), checks()[-1:])
    timed = set(deployment.answered)
    for cut in random.Random(0).sample(range(begun, len(content) - 1), 6):
        shutil.copytree(whole, RUN)
        (RUN / "events.jsonl").write_bytes(content[:cut])
        deployment.answered.clear()
        resume(RUN)
        assert told(RUN) == told(whole)
        assert set(deployment.answered) <= timed
        shutil.rmtree(RUN)


def test_a_resumed_run_is_the_same_run_and_says_where_it_was_interrupted(deployment: Deployment) -> None:
    deployment.dies_after = 64
    with pytest.raises(TargetError):
        verify_into(REQUEST, RUN, checks())
    before = read_events(RUN / "events.jsonl")
    deployment.dies_after = 1_000_000
    finished = resume(RUN)
    last = [event.check for event in before if isinstance(event, CheckFinished)][-1]
    (note,) = [note for note in finished.run.notes if note.topic == "resumed"]
    assert finished.run.started == before[0]
    assert note.message.startswith(f"the run was interrupted after {last} (")


def test_every_resumption_that_came_to_something_is_noted(deployment: Deployment) -> None:
    for dies_after in (30, 64, 1_000_000):
        deployment.dies_after = dies_after
        try:
            finished = resume(RUN) if RUN.exists() else verify_into(REQUEST, RUN, checks())
        except TargetError:
            continue
    assert [note.topic for note in finished.run.notes].count("resumed") == 2


def test_a_finished_run_is_reported_anew_and_asks_nothing(whole: Path, deployment: Deployment) -> None:
    (whole / "run.json").unlink()
    events = (whole / "events.jsonl").read_bytes()
    assert resume(whole).had_finished
    assert (deployment.answered, (whole / "events.jsonl").read_bytes()) == ([], events)
    assert (whole / "run.json").exists()


@pytest.fixture
def interrupted(deployment: Deployment) -> Path:
    """A run whose target died, and a target that would answer again."""
    deployment.dies_after = 64
    with pytest.raises(TargetError):
        verify_into(REQUEST, RUN, checks())
    deployment.dies_after = 1_000_000
    return RUN


def began_as(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Have the run say something else of how it began."""
    first, *others = (path / "events.jsonl").read_text().splitlines(keepends=True)
    started = json.loads(first)
    change(started)
    (path / "events.jsonl").write_text(json.dumps(started) + "\n" + "".join(others))


CHANGES: dict[str, Callable[[dict[str, Any]], None]] = {
    "model.digest was sha256:other and is None": lambda run: run["model"].update(digest="sha256:other"),
    "inputs.collection was sha256:other": lambda run: run["inputs"].update(collection="sha256:other"),
    "environment.packages.rerank-harness was 0.0.9": lambda run: run["environment"]["packages"].update(
        {"rerank-harness": "0.0.9"}
    ),
    "target.dialect was tei and is None": lambda run: run["target"].update(dialect="tei"),
    "made with 1 --header, which are not kept, and 0 are given now": lambda run: run["request"].update(headers=1),
    "does not tell all that was asked for": lambda run: run.update(request={}),
    "does not hold the answers of the run other": lambda run: run.update(id="other"),
}


@pytest.mark.parametrize("message", CHANGES)
def test_another_run_than_the_one_that_began_is_refused_with_what_differs(
    message: str, interrupted: Path, deployment: Deployment
) -> None:
    began_as(interrupted, CHANGES[message])
    before, asked = (interrupted / "events.jsonl").read_bytes(), len(deployment.answered)
    with pytest.raises(UsageError, match=message):
        resume(interrupted)
    assert ((interrupted / "events.jsonl").read_bytes(), len(deployment.answered)) == (before, asked)


def test_a_run_that_another_process_holds_is_refused(interrupted: Path) -> None:
    with claimed(interrupted), pytest.raises(UsageError, match="another process is writing into run"):
        resume(interrupted)


@pytest.mark.parametrize(("lost", "message"), [("answers.jsonl", "without it"), ("events.jsonl", "name the folder")])
def test_without_its_files_a_run_is_refused(lost: str, message: str, interrupted: Path) -> None:
    (interrupted / lost).unlink()
    with pytest.raises(UsageError, match=message):
        resume(interrupted)


def test_a_folder_in_which_no_run_began_is_refused(interrupted: Path) -> None:
    (interrupted / "events.jsonl").write_text("")
    with pytest.raises(UsageError, match="nothing to go on with"):
        resume(interrupted)


def test_a_recording_goes_on_without_a_pair_twice(deployment: Deployment) -> None:
    recording = Path("recording.jsonl")
    deployment.dies_after = 20
    with pytest.raises(TargetError):
        verify_into(replace(REQUEST, record=recording), RUN, checks()[:2])
    recording.write_text(recording.read_text() + '{"query": "cut o')
    deployment.dies_after = 1_000_000
    resume(RUN)
    pairs = [(line["query"], line["document"]) for line in map(json.loads, recording.read_text().splitlines())]
    asked = {(query, text) for query, documents in deployment.answered for text in documents}
    assert (len(set(pairs)), set(pairs)) == (len(pairs), asked)


@pytest.mark.parametrize(
    ("check", "alone"),
    [
        ("invariants.determinism", True),
        ("performance.latency", False),
        ("state.memory", False),
        ("devices.used", False),
    ],
)
def test_what_reads_a_clock_or_looks_behind_the_answers_gets_new_ones(check: str, alone: bool) -> None:
    assert sees_answers_only(find(check)) is alone

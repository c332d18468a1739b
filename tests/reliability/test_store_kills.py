"""A process that is killed while it stores a run: the store opens, and has all of the run or nothing of it."""

import random
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness.core.events import Event, FindingMade, RunStarted, to_json
from harness.core.run import Run
from harness.history.figures import figures_of
from harness.history.store import Store, open_store
from reports.store import read_events
from tests.kills import seeds

#: Findings of the run: so many that it takes a while to write them.
FINDINGS = 600
STORING = """
import sys
from pathlib import Path
from harness.history.store import open_store
from reports.store import read_events

events = read_events(Path(sys.argv[1]))
store = open_store(sys.argv[2])
print("ready", flush=True)
store.add(events)
"""


@pytest.fixture(scope="module")
def large(whole: Any) -> list[Event]:
    """The events of a run with many findings."""
    events = read_events(whole.desk.out / "events.jsonl")
    found = next(event for event in events if isinstance(event, FindingMade))
    more = [FindingMade(replace(found.finding, subject=str(number))) for number in range(FINDINGS)]
    return [*events[:-1], *more, events[-1]]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One file for all: what a killed process leaves is there when the next one comes."""
    return tmp_path_factory.mktemp("store") / "history.sqlite"


@pytest.fixture(scope="module")
def seconds(large: list[Event], tmp_path_factory: pytest.TempPathFactory) -> float:
    """How long a run takes to be stored."""
    events = written(large, "first", tmp_path_factory.mktemp("first"))
    running = storing(events, events.with_name("history.sqlite"))
    began = time.monotonic()
    assert running.wait() == 0
    return time.monotonic() - began


def written(events: list[Event], name: str, folder: Path) -> Path:
    """The stream of a run of that id."""
    started = events[0]
    assert isinstance(started, RunStarted)
    path = folder / "events.jsonl"
    path.write_text("".join(to_json(event) + "\n" for event in (replace(started, id=name), *events[1:])))
    return path


def storing(events: Path, store: Path) -> subprocess.Popen[bytes]:
    """A process that is about to store a run."""
    running = subprocess.Popen([sys.executable, "-c", STORING, str(events), str(store)], stdout=subprocess.PIPE)
    assert running.stdout is not None
    with running.stdout as told:
        assert told.readline() == b"ready\n"
    return running


def killed_while_storing(events: Path, store: Path, seconds: float) -> None:
    running = storing(events, store)
    time.sleep(seconds)
    running.kill()
    running.wait()


def is_whole_or_absent(opened: Store, name: str, events: Path) -> bool:
    if name not in {kept.id for kept in opened.runs()}:
        return not [point for point in opened.series() if point.run.id == name]
    expected = read_events(events)
    points = [point for point in opened.series() if point.run.id == name]
    return opened.events(name) == expected and len(points) == len(figures_of(Run.of(expected)))


@pytest.mark.parametrize("seed", seeds(at_every_change=2))
def test_a_store_whose_writer_was_killed_has_a_run_or_has_it_not(
    seed: int, store: Path, large: list[Event], seconds: float, tmp_path: Path
) -> None:
    name = f"run-{seed:03}"
    events = written(large, name, tmp_path)
    killed_while_storing(events, store, random.Random(seed).uniform(0.0, seconds))
    opened = open_store(str(store))
    try:
        assert is_whole_or_absent(opened, name, events)
        opened.add(read_events(events))
        assert opened.events(name) == read_events(events)
        assert is_whole_or_absent(opened, name, events)
    finally:
        opened.close()

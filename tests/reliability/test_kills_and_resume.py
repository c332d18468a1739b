"""A run that is killed at any moment: nothing is half there, and going on asks for nothing that was answered."""

import json
import random
import subprocess
from typing import Any

import pytest

from harness.core.events import NoiseRecorded
from reports.formats import FORMATS
from reports.store import read_events
from tests.kills import seeds


@pytest.fixture(params=seeds(at_every_change=1))
def interrupted(request: pytest.FixtureRequest, desk: Any, whole: Any) -> tuple[Any, int]:
    """A run that was killed once to three times, the later ones while it was resumed; and how often."""
    moments, made = random.Random(request.param), desk()
    kills = moments.choice((1, 1, 2, 3))
    made.killed(made.verify(), moments.uniform(0.0, whole.seconds))
    for _ in range(kills - 1):
        made.killed(made.resume(), moments.uniform(0.0, whole.seconds + 1.0))
    return made, kills


def test_a_killed_run_is_whole_as_far_as_it_went_and_goes_on_without_asking_again(
    interrupted: tuple[Any, int], whole: Any
) -> None:
    made, kills = interrupted
    if read_events(made.out / "events.jsonl"):
        _is_sound(made)
        resumed = made.run(made.resume())
        assert (resumed.returncode, "Traceback" in resumed.stderr) == (0, False), resumed.stderr
        _asked_nothing_twice(made, whole, kills)
    else:
        resumed = made.run(made.resume())
        assert (resumed.returncode, resumed.stderr.count("\n")) == (2, 1)
        assert made.run(made.verify()).returncode == 0
    assert made.told() == whole.desk.told()
    assert {path.name for path in made.out.iterdir()} == {"events.jsonl", "answers.jsonl", *FORMATS}


def _is_sound(made: Any) -> None:
    """Reports that are there are whole, and they can all be made again from the events."""
    if (made.out / "run.json").exists():
        json.loads((made.out / "run.json").read_text())
    again = made.run([*made.command, "report", "run/events.jsonl", "--out", "again"])
    assert again.returncode == 0, again.stderr
    assert json.loads((made.path / "again" / "run.json").read_text())["schema"] == "rerank-harness/run/1"


def _asked_nothing_twice(made: Any, whole: Any, kills: int) -> None:
    """All that a whole run asks was asked, and no more than the one request beyond it that was under way at a kill."""
    asked, wanted = made.asked(), whole.desk.asked()
    assert wanted - asked == {}
    assert (asked - wanted).total() <= kills


def test_a_run_that_goes_on_in_another_process_is_left_alone(desk: Any) -> None:
    made = desk()
    running: subprocess.Popen[bytes] = made.started(made.verify())
    second = [made.run(made.resume()), made.run(made.verify())]
    assert running.wait() == 0
    assert [done.returncode for done in second] == [2, 2]
    assert all("another process is writing into run" in done.stderr for done in second)


def test_a_run_that_has_finished_gets_its_reports_anew(whole: Any) -> None:
    made = whole.desk
    (made.out / "report.md").unlink()
    done = made.run(made.resume())
    assert (done.returncode, "had finished" in done.stderr) == (0, True)
    assert (made.out / "report.md").exists()


def test_what_a_run_was_asked_for_is_not_asked_for_again(whole: Any) -> None:
    done = whole.desk.run(whole.desk.resume("--profile", "smoke"))
    told = "rerank-harness: --resume takes --profile from the run's folder; leave it out\n"
    assert (done.returncode, done.stderr) == (2, told)


@pytest.mark.xdist_group("with a model")
@pytest.mark.parametrize(
    "seed", [pytest.param(n, marks=pytest.mark.kills if n else pytest.mark.slow) for n in range(4)]
)
def test_a_run_with_a_model_goes_on_to_the_same_findings(seed: int, desk: Any, with_a_model: Any) -> None:
    made, moments = desk(), random.Random(seed)
    made.killed(made.verify_model(), moments.uniform(0.0, with_a_model.seconds))
    made.killed(made.resume(), moments.uniform(0.0, with_a_model.seconds))
    resumed = made.run(made.resume())
    assert resumed.returncode == 0, resumed.stderr
    assert made.told() == with_a_model.desk.told()
    assert any(isinstance(event, NoiseRecorded) for event in made.told())

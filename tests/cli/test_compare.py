"""A run held against an earlier one through the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import harness.regression
from harness.core.events import (
    Event,
    FindingMade,
    NoiseRecorded,
    RunFinished,
    RunStarted,
    SamplesRecorded,
    ScoresRecorded,
    to_json,
)
from harness.core.findings import Finding
from harness.core.vocabulary import Area, Severity, Stage, Status
from tests.cli.conftest import Done

SCHEMA = json.loads((Path(harness.regression.__file__).parent / "comparison.schema.json").read_text())
MACHINE = {"cores": 2, "python": "3.11.2", "packages": {"numpy": "2.0"}, "dtype": "float32"}
FINDING = Finding(
    "ranking-quality.figures", "Figures", Area.RANKING_QUALITY, Stage.REPLY, Status.PASS, Severity.MAJOR, "cpu", "",
    1.0, 10.0, 9.0, "logit", "", "", "", "", 0.1,
)  # fmt: skip
LOGITS = (3.0, 1.0, 0.0, -1.0, -3.0)
LOST = (None, 1.0, 0.0, -1.0, -3.0)
UPSIDE_DOWN = LOGITS[::-1]
Command = Callable[..., Done]
Write = Callable[..., Path]


@pytest.fixture
def written(tmp_path: Path) -> Write:
    """Writes the folder of a run: a take of scores for each of `takes`, and ten rounds of `latency` milliseconds."""

    def write(
        name: str, *takes: tuple[float | None, ...], status: Status = Status.PASS, latency: float = 20.0,
        cores: int = 2, model: str = "sha256:0",
    ) -> Path:  # fmt: skip
        started = RunStarted(
            "2026-01-01T02:00:00.000+00:00", {"spec": "reference"}, {"id": "m", "digest": model}, "cpu", "nightly",
            MACHINE | {"cores": cores}, ("ranking-quality.figures",), id=name * 32,
        )  # fmt: skip
        documents, grades = ("a", "b", "c", "d", "e"), (2, 1, 1, 0, 0)
        scores = [
            ScoresRecorded(f"q{n}", documents, grades, logits, "log-odds", {"language": "de" if n % 2 else "en"}, take)
            for take, logits in enumerate(takes or (LOGITS,)) for n in range(20)
        ]  # fmt: skip
        timed = [
            SamplesRecorded("latency", "Latency of 10 documents", "ms", (latency, latency * 1.01) * 5),
            SamplesRecorded("yardstick", "A fixed computation", "ms", (2.0,) * 10),
        ]
        found = FindingMade(replace(FINDING, status=status))
        events: list[Event] = [started, NoiseRecorded(1e-3, 1e-2, ""), found, *scores, *timed, RunFinished("")]
        (tmp_path / name).mkdir()
        (tmp_path / name / "events.jsonl").write_text("".join(to_json(event) + "\n" for event in events))
        return tmp_path / name

    return write


def words(done: Done) -> str:
    """What was printed, with single spaces."""
    return " ".join(done.out.split())


def document(done: Done) -> dict[str, Any]:
    """What was printed, which is one document as the schema promises it."""
    found: dict[str, Any] = json.loads(done.out)
    Draft202012Validator(SCHEMA).validate(found)
    return found


def test_a_run_beside_itself_is_unchanged(command: Command, written: Write) -> None:
    done = command("compare", run := written("a"), run)
    assert (done.status, done.out.splitlines()[0], done.err) == (0, "Unchanged", "")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"status": Status.FAIL}, "✕ worse ranking-quality.figures: pass → fail"),
        ({"latency": 30.0}, "✕ worse Latency of 10 documents: 20.1 → 30.15 ms"),
    ],
)
def test_what_is_worse_is_named_and_gives_exit_status_1(
    changed: dict[str, Any], told: str, command: Command, written: Write
) -> None:
    done = command("compare", written("a"), written("b", **changed))
    assert (done.status, done.out.splitlines()[0]) == (1, "Worse than the base")
    assert told in words(done)


def test_an_order_upside_down_is_worse_in_scores_and_quality(command: Command, written: Write) -> None:
    done = command("compare", written("a"), written("b", UPSIDE_DOWN))
    assert (done.status, "✕ worse ndcg@10 of language=de: " in words(done)) == (1, True)
    assert "✕ worse scores: 80 of 100 scores moved" in words(done)


def test_what_is_better_gives_exit_status_0(command: Command, written: Write) -> None:
    done = command("compare", written("a", status=Status.FAIL), written("b"))
    assert (done.status, done.out.splitlines()[0]) == (0, "Better than the base")


def test_what_comes_and_goes_is_told_and_changes_no_exit_status(command: Command, written: Write) -> None:
    done = command("compare", written("a"), written("b", UPSIDE_DOWN, LOGITS))
    assert (done.status, done.out.splitlines()[0]) == (0, "Not worse than the base, but not steady")
    assert "≈ flaky scores: 80 of 100 scores moved" in words(done)


def test_beside_something_worse_what_comes_and_goes_excuses_nothing(command: Command, written: Write) -> None:
    assert command("compare", written("a"), written("b", UPSIDE_DOWN, LOGITS, status=Status.FAIL)).status == 1


def test_runs_of_two_models_are_refused_in_one_line(command: Command, written: Write) -> None:
    done = command("compare", written("a"), written("b", model="sha256:1"))
    assert (done.status, done.out, len(done.err.splitlines())) == (2, "", 1)
    assert "cannot be compared: the model was m (sha256:0), and is m (sha256:1)" in done.err


def test_a_folder_without_a_run_is_told_in_one_line(command: Command, written: Write, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = command("compare", tmp_path / "empty", written("a"))
    assert (done.status, done.out) == (2, "")
    assert done.err == (
        f"rerank-harness: cannot read {tmp_path}/empty/events.jsonl: No such file or directory; name the events.jsonl "
        "of a run\n"
    )


@pytest.mark.parametrize(
    ("name", "told"), [("nowhere", "no run whose id begins with 'nowhere'"), ("last-good", "no good run")]
)
def test_a_name_that_no_run_has_is_told_in_one_line(name: str, told: str, command: Command, written: Write) -> None:
    command("store", run := written("a", status=Status.FAIL))
    done = command("compare", name, run)
    assert (done.status, done.out, len(done.err.splitlines()), told in done.err) == (2, "", 1, True)


def test_without_a_store_a_name_is_told_in_one_line(command: Command, written: Write) -> None:
    done = command("compare", "nowhere", written("a"))
    assert (done.status, done.out, len(done.err.splitlines())) == (2, "", 1)


def test_runs_are_found_in_the_store_by_their_ids(command: Command, written: Write) -> None:
    command("store", written("a"), written("b", status=Status.FAIL), "--store", "h.sqlite")
    assert command("compare", "aaaa", "bbbb", "--store", "h.sqlite").status == 1
    assert command("compare", "last-good", "bbbb", "--store", "h.sqlite").status == 1


@pytest.mark.parametrize(
    ("run", "judgement", "status"),
    [((LOGITS,), "unchanged", 0), ((UPSIDE_DOWN,), "worse", 1), ((LOST,), "worse", 1), ((LOST, LOGITS), "flaky", 0)],
)
def test_as_json_nothing_but_the_document_is_printed(
    run: tuple[tuple[float | None, ...], ...], judgement: str, status: int, command: Command, written: Write
) -> None:
    done = command("compare", written("a"), written("b", *run), "--json", "-")
    found = document(done)
    assert (done.status, found["judgement"], found["scores"]["judgement"]) == (status, judgement, judgement)
    assert (len(found["samples"]), len(found["findings"]), found["quality"] == []) == (1, 1, False)


def test_a_document_in_a_file_leaves_the_words_on_the_terminal(command: Command, written: Write) -> None:
    done = command("compare", run := written("a"), run, "--json", "c.json")
    assert (json.loads(Path("c.json").read_text())["judgement"], done.out[:9]) == ("unchanged", "Unchanged")


def test_the_nightly_pages_are_written(command: Command, written: Write) -> None:
    done = command("compare", written("a"), written("b", status=Status.FAIL), "--out", "pages")
    assert (done.status, sorted(path.name for path in Path("pages").iterdir())) == (1, ["nightly.html", "nightly.md"])
    assert Path("pages/nightly.md").read_text().startswith("# Nightly: Worse than the base")


def test_speed_of_another_machine_is_left_out(command: Command, written: Write) -> None:
    found = document(command("compare", written("a"), written("b", latency=30.0, cores=8), "--json", "-"))
    assert (found["judgement"], found["samples"]) == ("unchanged", [])
    assert found["left_out"] == [
        "Speed and memory: the number of cores was 2, and is 8; --allow-other-hardware compares them all the same."
    ]


def test_speed_of_another_machine_is_compared_where_that_is_asked_for(command: Command, written: Write) -> None:
    pair = written("a"), written("b", latency=30.0, cores=8)
    found = document(command("compare", *pair, "--json", "-", "--allow-other-hardware"))
    assert (found["samples"][0]["judgement"], found["left_out"]) == ("worse", [])


def test_how_sure_an_alarm_must_be_can_be_said(command: Command, written: Write) -> None:
    pair = written("a"), written("b", latency=21.2)
    assert [command("compare", *pair, *alpha).status for alpha in ((), ("--alpha", "0.000001"))] == [1, 0]

"""Figures from run to run through the command line, and the runs that changed them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from harness.core.events import FindingMade, RunFinished, RunStarted, ScoresRecorded
from harness.core.findings import Finding
from harness.core.vocabulary import Area, Severity, Stage, Status
from harness.history.store import open_store
from tests.cli.conftest import Done

FINDING = FindingMade(
    Finding(
        "numerics.values", "Values", Area.NUMERICS, Stage.FORWARD, Status.PASS, Severity.MAJOR, "cpu", "", 0.5, 1.0,
        0.5, "logit", "", "", "", "", 0.1,
    )
)  # fmt: skip
#: Nine nights in which every query is answered right, then three in which the German ones are not.
NIGHTS = 12
TURN = 10
History = Callable[..., Done]
Keep = Callable[..., None]


@pytest.fixture
def keep(tmp_path: Path) -> Keep:
    """Keeps runs of some nights, all made alike but for what changes on the night of the turn."""

    def runs(
        nights: Iterable[int] = range(1, NIGHTS + 1), *, letter: str = "0", target: str = "reference", model: str = "m",
        device: str = "cpu", dtype: str = "float32",
    ) -> None:  # fmt: skip
        store = open_store(str(tmp_path / "h.sqlite"))
        for night in nights:
            late = night >= TURN
            environment = {
                "dtype": dtype, "driver": "580.1" if late else "570.2",
                "packages": {"torch": "2.14.0" if late else "2.13.0", "numpy": "2.0"},
            }  # fmt: skip
            started = RunStarted(
                f"2026-01-{night:02d}T02:00:00.000+00:00", {"spec": target}, {"id": model}, device, "nightly",
                environment, ("numerics.values",), id=f"{night:02d}".rjust(8, letter) * 4,
                inputs={"prompt": "sha256:new" if late else "sha256:old"},
            )  # fmt: skip
            german = (0.0, 1.0) if late else (1.0, 0.0)
            scores = [
                ScoresRecorded(f"q-{language}", ("a", "b"), (1, 0), logits, "log-odds", {"language": language})
                for language, logits in (("de", german), ("en", (1.0, 0.0)))
            ]
            store.add([started, FINDING, *scores, RunFinished(started.started)])
        store.close()

    return runs


@pytest.fixture
def history(command: Callable[..., Done]) -> History:
    """Runs the command over the store."""
    return lambda *words: command("history", "--store", "h.sqlite", *words)


def rows(done: Done, beginning: str) -> list[list[str]]:
    """The words of the lines that begin so."""
    return [line.split() for line in done.out.splitlines() if line.startswith(beginning)]


def documents(done: Done) -> list[dict[str, Any]]:
    """What was printed, which is JSON and nothing else."""
    found: list[dict[str, Any]] = json.loads(done.out)
    return found


def test_every_series_is_a_row_with_its_count_its_range_and_its_last_value(keep: Keep, history: History) -> None:
    keep()
    (row,) = rows(history(), "quality/ndcg@10 [language=de] of reference, m, cpu, float32  ")
    assert row[-5:] == ["12", "0.6309", "1", "0.6309", "1"]
    (still,) = rows(history(), "numerics.values of reference, m, cpu, float32  ")
    assert still[-5:] == ["12", "0.5", "0.5", "0.5", "logit"]


def test_series_that_changed_come_first(keep: Keep, history: History) -> None:
    keep()
    table = history().out.splitlines()[1:]
    titles = [line.split("  ")[0] for line in table if "→" not in line]
    turned = [line.split(": ")[0] for line in table if "→" in line]
    assert titles[: len(turned)] == turned
    assert 0 < len(turned) < len(titles)


def test_runs_of_another_device_are_a_series_of_their_own(keep: Keep, history: History) -> None:
    keep()
    keep([3, 4], letter="c", device="cuda")
    assert [(row[-6], row[-5]) for row in rows(history(), "numerics.values of ")] == [
        ("float32", "12"), ("float32", "2"),
    ]  # fmt: skip


def test_a_change_is_told_with_its_first_run_and_what_differs_there(keep: Keep, history: History) -> None:
    keep()
    (told,) = [line for line in history().out.splitlines() if line.startswith("quality/ndcg@10 of") and "→" in line]
    change, around = told.split("; what differs there: ")
    assert change == (
        "quality/ndcg@10 of reference, m, cpu, float32: 1 → 0.8155 from the run 00000010 of 2026-01-10T02:00Z on"
    )
    assert around == "inputs: prompt: sha256:old → sha256:new; driver: 570.2 → 580.1; packages: torch: 2.13.0 → 2.14.0"


def test_one_figure_is_shown_point_by_point(keep: Keep, history: History) -> None:
    keep()
    done = history("--figure", "quality/ndcg@10", "--slice", "language=de")
    assert done.out.splitlines()[0] == "quality/ndcg@10 [language=de] of reference, m, cpu, float32"
    assert rows(done, "2026-01-09") == [["2026-01-09", "02:00:00", "UTC", "00000009", "1", "pass"]]
    assert rows(done, "2026-01-10") == [["2026-01-10", "02:00:00", "UTC", "00000010", "0.6309", "pass", "changed"]]
    assert len(rows(done, "2026-01-")) == NIGHTS


def test_an_empty_slice_is_all_queries(keep: Keep, history: History) -> None:
    keep([1])
    figure = ("--figure", "quality/ndcg@10", "--json", "-")
    assert [line["slice"] for line in documents(history(*figure))] == ["", "language=de", "language=en"]
    assert [line["slice"] for line in documents(history(*figure, "--slice", ""))] == [""]


@pytest.mark.parametrize(
    ("field", "other"), [("target", "http://host"), ("model", "large"), ("device", "cuda"), ("dtype", "float16")]
)
def test_runs_are_chosen_by_what_they_are_of(field: str, other: str, keep: Keep, history: History) -> None:
    keep([1, 2, 3])
    keep([4, 5], letter="c", **{field: other})
    (line,) = documents(history("--figure", "numerics.values", f"--{field}", other, "--json", "-"))
    assert [point["run"][:8] for point in line["points"]] == ["cccccc04", "cccccc05"]


def test_as_json_there_are_points_and_changes_and_nothing_else(keep: Keep, history: History) -> None:
    keep()
    (line,) = documents(history("--figure", "quality/ndcg@10", "--slice", "language=de", "--json", "-"))
    assert (line["figure"], line["slice"], line["unit"], len(line["points"])) == (
        "quality/ndcg@10", "language=de", "", NIGHTS,
    )  # fmt: skip
    assert line["points"][0] == {
        "run": "00000001" * 4, "started": "2026-01-01T02:00:00.000+00:00", "verdict": "pass", "value": 1.0,
    }  # fmt: skip
    (change,) = line["changes"]
    assert (change["run"]["id"], change["change"]["index"]) == ("00000010" * 4, TURN - 1)
    assert {"name": "driver", "base": "570.2", "run": "580.1"} in change["differences"]


def test_a_document_in_a_file_leaves_the_table_on_the_terminal(keep: Keep, history: History) -> None:
    keep([1])
    done = history("--json", "h.json")
    figures = {line["figure"] for line in json.loads(Path("h.json").read_text())}
    assert {"numerics.values", "count/pass", "quality/map"} <= figures
    assert len(rows(done, "numerics.values")) == 1


def test_a_figure_is_drawn(keep: Keep, history: History) -> None:
    keep()
    done = history("--figure", "quality/ndcg@10", "--slice", "", "--plot", "plots/f.svg")
    assert "drawn: plots/f.svg" in done.out + done.err
    drawing = Path("plots/f.svg").read_text()
    assert ElementTree.fromstring(drawing).tag == "{http://www.w3.org/2000/svg}svg"
    assert "quality/ndcg@10 of reference, m, cpu, float32" in drawing


def test_each_series_of_a_figure_is_drawn_into_a_file_of_its_own(keep: Keep, history: History) -> None:
    keep([1, 2])
    history("--figure", "quality/ndcg@10", "--plot", "f.svg")
    assert sorted(path.name for path in Path().glob("*.svg")) == ["f-2.svg", "f-3.svg", "f.svg"]


def test_drawing_adds_nothing_to_the_document(keep: Keep, history: History) -> None:
    keep([1, 2])
    done = history("--figure", "numerics.values", "--plot", "f.svg", "--json", "-")
    assert len(documents(done)) == 1


def test_what_is_drawn_must_be_named(keep: Keep, history: History) -> None:
    keep([1])
    done = history("--plot", "f.svg")
    assert (done.status, done.out, Path("f.svg").exists()) == (2, "", False)
    assert done.err == "rerank-harness: --plot draws the series of one figure; name it with --figure\n"


@pytest.mark.parametrize("words", [("--figure", "quality/wishes"), ("--model", "other"), ("--slice", "language=tlh")])
def test_a_figure_that_no_run_has_is_told_in_one_line(words: tuple[str, ...], keep: Keep, history: History) -> None:
    keep([1])
    done = history(*words)
    assert (done.status, done.out) == (2, "")
    assert done.err == (
        "rerank-harness: no run of the store has such a figure; `rerank-harness history` lists what there is\n"
    )


@pytest.mark.parametrize("made", [True, False], ids=["empty", "missing"])
def test_a_store_without_runs_is_told_in_one_line(made: bool, keep: Keep, history: History) -> None:
    if made:
        keep([])
    done = history()
    assert (done.status, done.out, len(done.err.splitlines())) == (2, "", 1)
    assert ("the store has no run yet" if made else "h.sqlite") in done.err


def test_a_few_runs_have_no_change(keep: Keep, history: History) -> None:
    keep([8, 9, 10, 11])
    assert "what differs there" not in history().out

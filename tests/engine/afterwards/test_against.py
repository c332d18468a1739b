"""A run is held against an earlier one while its target is there: what looks worse is measured again."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from harness.core.errors import TargetError, UsageError
from harness.core.events import Event, SamplesRecorded, to_json
from harness.core.vocabulary import Verdict
from harness.engine.afterwards import Afterwards
from harness.engine.resume import resume
from harness.statistics.recorded import takes_of
from reports.store import read_events
from tests.engine.afterwards.conftest import BASE, RUN, STORE, Verify, against, judgement, kept, of_stream

PAGES = {"nightly.md", "nightly.html", "comparison.json"}
NIGHTLY = Afterwards(store=STORE, against="last-good")


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

"""What a report says."""

from dataclasses import replace
from types import ModuleType

import pytest

from harness.core.causes import Cause
from harness.core.events import DeviceUnavailable, FindingMade, RunFinished
from harness.core.findings import Finding
from harness.core.run import Run
from harness.core.vocabulary import Area, Stage, Status
from reports import FORMATS
from reports.story import Story

END = RunFinished("2026-11-23T04:05:07+00:00")


def passing(demo: ModuleType) -> list[Finding]:
    return [f for f in demo.findings() if f.status is Status.PASS]


def run_of(demo: ModuleType, *events: object, **started: object) -> Run:
    return Run.of([demo.started(**{"planned": (), **started}), *events])  # type: ignore[list-item]


def test_a_pass_says_what_was_verified_and_that_nothing_fell_short(demo: ModuleType) -> None:
    told = " ".join(Story(run_of(demo, *map(FindingMade, passing(demo)), END)).summary)
    assert "Qwen/Qwen3-Reranker-0.6B on cuda:0" in told
    assert "The verdict is pass" in told
    assert "gravest" not in told


def test_the_gravest_failure_is_named_first(demo: ModuleType) -> None:
    story = Story(Run.of(demo.events()))
    assert "prompt.template" in story.summary[2]
    assert story.of("fail")[0].check == "prompt.template"


def test_a_device_that_is_missing_verified_nothing(demo: ModuleType) -> None:
    run = run_of(demo, DeviceUnavailable("cuda:0", "no NVIDIA driver", False), END)
    story = Story(run)
    assert story.summary[0].startswith("Nothing was verified")
    assert next(row.reason for row in story.devices if row.device == "cuda") == "no NVIDIA driver"
    assert all(render(run) for render in FORMATS.values())


def test_a_run_without_model_says_what_it_would_need(demo: ModuleType) -> None:
    run = run_of(demo, *map(FindingMade, passing(demo)), END, model={"id": None, "digest": None})
    assert "--model" in Story(run).summary[-1]


def test_not_verified_is_grouped_by_reason_and_what_weakens_comes_first(demo: ModuleType) -> None:
    gaps = Story(Run.of(demo.events())).gaps
    assert gaps[0].subjects == ("performance.scaling", "monitoring.drift")
    assert [gap.weakens for gap in gaps] == [True, True, False]


def test_planned_checks_that_left_no_finding_are_gaps(demo: ModuleType) -> None:
    run = run_of(demo, *map(FindingMade, passing(demo)), END, planned=("numerics.lost",))
    assert Story(run).gaps[0].subjects == ("numerics.lost",)
    assert "1 planned check left no finding" in " ".join(Story(run).summary)


@pytest.mark.parametrize("area", list(Area))
def test_every_area_has_a_row_with_evidence(demo: ModuleType, area: Area) -> None:
    row = next(r for r in Story(Run.of(demo.events())).areas if r.id == area)
    assert row.evidence


def test_causes_are_told_in_every_report_for_people(demo: ModuleType) -> None:
    cause = Cause(
        Stage.ASSEMBLE, "no-template", "The template is missing | <b>", 0.97, 0.0011, "96 of 96 probes", "send it"
    )
    run = replace(Run.of(demo.events()), causes=(cause,))
    assert "no-template" in FORMATS["report.md"](run)
    assert "The template is missing | &lt;b&gt;" in FORMATS["report.html"](run)


def test_an_area_is_not_verified_beyond_what_was_reached(demo: ModuleType) -> None:
    run = run_of(demo, *map(FindingMade, passing(demo)), planned=("token-ids.answers", "token-ids.lost"))
    story = Story(run)
    assert next(row for row in story.areas if row.id == "token-ids").status == "partial"
    assert {row.status for row in story.stages} == {"partial", "not verified"}

"""ctrf.json: what dashboards read; nothing that did not run is passed."""

from __future__ import annotations

import importlib.resources
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema
import pytest

from harness.core.events import CheckStarted, DeviceUnavailable, FindingMade, RunFinished

SCHEMA = json.loads(importlib.resources.files("reports").joinpath("schema", "ctrf.schema.json").read_text())


def read(folder: Path) -> dict[str, Any]:
    document = json.loads((folder / "ctrf.json").read_text(encoding="ascii"))
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    return dict(document["results"])


@pytest.fixture(scope="module")
def results(written: Path) -> dict[str, Any]:
    return read(written)


def test_each_finding_is_a_test_of_its_area(results: dict[str, Any], demo: ModuleType) -> None:
    told = [(test["suite"], test["extra"]["rerank-harness.finding"]["check"]) for test in results["tests"]]
    assert sorted(told) == sorted(([f.area.value], f.check) for f in demo.findings())


def test_only_what_passed_or_warned_is_passed(results: dict[str, Any]) -> None:
    told = {(test["rawStatus"], test["status"]) for test in results["tests"]}
    assert told == {
        ("pass", "passed"), ("warn", "passed"), ("fail", "failed"), ("not verified", "skipped"), ("error", "other"),
    }  # fmt: skip


def test_the_summary_counts_the_tests(results: dict[str, Any]) -> None:
    counts = Counter(test["status"] for test in results["tests"])
    summary = results["summary"]
    assert {status: summary[status] for status in counts} == counts
    assert summary["tests"] == len(results["tests"])
    assert summary["stop"] - summary["start"] == 145_500


def test_a_finding_keeps_its_figures(results: dict[str, Any]) -> None:
    told = {test["name"]: test for test in results["tests"]}["numerics.values"]
    extra = told["extra"]["rerank-harness.finding"]
    assert (extra["value"], extra["limit"], extra["unit"]) == (4.832, 0.0312, "logit")
    assert told["trace"] == "five worst: 4.832 4.411 3.907 3.870 3.512"


def test_a_run_that_fell_short_is_not_healthy(results: dict[str, Any]) -> None:
    assert results["environment"]["healthy"] is False


def test_a_killed_run_is_neither_passed_nor_whole(report: Callable, demo: ModuleType) -> None:
    finding = demo.findings()[0]
    _, folder = report(demo.started(), CheckStarted(finding.check), FindingMade(finding))
    told = read(folder)
    assert told["environment"]["healthy"] is False
    assert told["summary"]["other"] == 1
    assert told["summary"]["skipped"] == len(demo.findings()) - 1


def test_a_required_device_that_is_missing_is_failed(report: Callable, demo: ModuleType) -> None:
    end = RunFinished("2026-11-23T04:05:07+00:00")
    _, folder = report(demo.started(planned=()), DeviceUnavailable("cuda:0", "no driver", True), end)
    assert read(folder)["summary"]["failed"] == 1


@pytest.mark.parametrize("started", ["", "yesterday", "2026-11-23", "2026-11-23T04:05:06"])
def test_a_time_that_says_little_is_still_a_number(report: Callable, demo: ModuleType, started: str) -> None:
    _, folder = report(demo.started(started=started), RunFinished("never"))
    summary = read(folder)["summary"]
    assert 0 <= summary["start"] <= summary["stop"]


def test_the_schema_refuses_a_check_that_did_not_run_and_passed(written: Path) -> None:
    document = json.loads((written / "ctrf.json").read_text())
    skipped = next(test for test in document["results"]["tests"] if test["rawStatus"] == "not verified")
    skipped["status"] = "passed"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate(document)

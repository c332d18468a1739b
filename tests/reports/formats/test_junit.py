"""junit.xml: what CI systems read."""

import importlib.resources
import math
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st

from harness.core.events import CheckStarted, DeviceUnavailable, FindingMade, RunFinished
from harness.core.run import Run
from harness.core.vocabulary import Status
from reports.formats.junit import render

TAGS = {Status.FAIL: "failure", Status.ERROR: "error", Status.NOT_VERIFIED: "skipped"}
SCHEMA = xmlschema.XMLSchema(importlib.resources.files("reports").joinpath("schema", "junit.xsd").read_text())


@pytest.fixture(scope="module")
def root(written: Path) -> ElementTree.Element:
    return ElementTree.parse(written / "junit.xml").getroot()


def test_each_finding_is_a_test_case_of_its_area(root: ElementTree.Element, demo: ModuleType) -> None:
    cases = [(s.get("name"), (c.get("name") or "").split(" ")[0]) for s in root for c in s.iter("testcase")]
    assert sorted(cases) == sorted((f.area.value, f.check) for f in demo.findings())


def test_each_status_has_its_element(root: ElementTree.Element, demo: ModuleType) -> None:
    expected = Counter(TAGS[f.status] for f in demo.findings() if f.status in TAGS)
    assert Counter(e.tag for e in root.iter() if e.tag in TAGS.values()) == expected


@pytest.mark.parametrize(("count", "tag"), [("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped")])
def test_counts_are_those_of_the_elements(root: ElementTree.Element, count: str, tag: str) -> None:
    for element in (root, *root.iter("testsuite")):
        assert int(element.get(count, "-1")) == len(list(element.iter(tag)))


def test_a_skip_says_why(root: ElementTree.Element) -> None:
    reasons = [e.get("message") for e in root.iter("skipped")]
    assert "has no meaning while numerics.order fails" in reasons


def test_a_killed_run_is_not_green(report: Callable, demo: ModuleType) -> None:
    finding = demo.findings()[0]
    _, folder = report(demo.started(), CheckStarted(finding.check), FindingMade(finding))
    root = ElementTree.parse(folder / "junit.xml").getroot()
    assert root.get("errors") == "1"
    assert int(root.get("skipped", 0)) == len(demo.findings()) - 1


def test_a_required_device_that_is_missing_is_a_failure(report: Callable, demo: ModuleType) -> None:
    end = RunFinished("2026-11-23T04:05:07+00:00")
    _, folder = report(demo.started(planned=()), DeviceUnavailable("cuda:0", "no driver", True), end)
    assert ElementTree.parse(folder / "junit.xml").getroot().get("failures") == "1"


def test_the_report_fits_its_schema(written: Path) -> None:
    SCHEMA.validate(str(written / "junit.xml"))


@given(text=st.text(), seconds=st.sampled_from((0.0, 1e-9, 1.5, 1e6, math.nan, math.inf)))
def test_it_fits_whatever_a_finding_says(demo: ModuleType, text: str, seconds: float) -> None:
    texts = dict.fromkeys(("title", "message", "evidence", "remedy", "subject", "reproduce", "unit", "device"), text)
    findings = tuple(replace(finding, **texts, seconds=seconds) for finding in demo.findings()[::5])
    SCHEMA.validate(render(Run(demo.started(started=text, device=text), findings, finished=text)))


def test_a_killed_run_fits_too(report: Callable, demo: ModuleType) -> None:
    finding = demo.findings()[0]
    gone = DeviceUnavailable("cuda:0", demo.HOSTILE, False)
    _, folder = report(demo.started(), gone, CheckStarted(finding.check), FindingMade(finding))
    SCHEMA.validate(str(folder / "junit.xml"))


def test_a_run_without_findings_fits_too(demo: ModuleType) -> None:
    SCHEMA.validate(render(Run(demo.started(planned=()), finished="2026-11-23T04:05:07+00:00")))


@pytest.mark.parametrize(
    ("whole", "broken"), [("skipped", "pending"), ('type="critical"', 'type="grave"'), ('tests="', 'test="')]
)
def test_the_schema_refuses_what_no_reader_knows(written: Path, whole: str, broken: str) -> None:
    source = (written / "junit.xml").read_text(encoding="utf-8").partition("\n")[2]
    assert not SCHEMA.is_valid(source.replace(whole, broken))

"""junit.xml for CI systems: a suite an area, a test case a finding; reports/schema/junit.xsd says what it holds."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from harness.core.run import Run
from harness.core.vocabulary import Status
from reports.cases import Case, cases
from reports.text import epoch

NAME = "junit.xml"
#: The element that tells a status; a pass has none, and a warning passes with its message as output.
_TAGS = {Status.FAIL: "failure", Status.ERROR: "error", Status.NOT_VERIFIED: "skipped", Status.WARN: "system-out"}


def render(run: Run) -> str:
    """The run as JUnit XML. A run that is not whole has one more suite, so that CI does not take it for green."""
    root = Element("testsuites", name="rerank-harness")
    for name, members in groupby(cases(run), key=lambda case: case.suite):
        suite = SubElement(root, "testsuite", name=name)
        if (begun := epoch(run.started.started)) is not None:
            suite.set("timestamp", datetime.fromtimestamp(begun, UTC).isoformat(timespec="milliseconds"))
        suite.extend(map(_element, members))
        _count(suite)
    _count(root)
    indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _element(case: Case) -> Element:
    element = Element("testcase", classname=case.suite, name=case.name, time=f"{case.seconds:.4f}")
    if tag := _TAGS.get(case.status):
        told = SubElement(element, tag)
        if case.status is not Status.WARN:
            told.set("message", case.message)
            told.set("type", case.kind)
        told.text = case.details
    return element


def _count(element: Element) -> None:
    members = list(element.iter("testcase"))
    tags = Counter(child.tag for case in members for child in case)
    counts = {"tests": len(members), "failures": tags["failure"], "errors": tags["error"], "skipped": tags["skipped"]}
    for name, count in counts.items():
        element.set(name, str(count))
    element.set("time", f"{sum(float(case.get('time', 0)) for case in members):.4f}")

"""junit.xml for CI systems: a test suite an area, a test case a finding."""

from __future__ import annotations

from collections import Counter
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from harness.core.findings import Finding
from harness.core.run import Run
from harness.core.vocabulary import Area, Status, Verdict
from reports import tables
from reports.story import Story
from reports.text import one_line, quantity, visible

NAME = "junit.xml"
#: The element that tells a status; a pass has none, and a warning passes with its message as output.
_TAGS = {Status.FAIL: "failure", Status.ERROR: "error", Status.NOT_VERIFIED: "skipped", Status.WARN: "system-out"}


def render(run: Run) -> str:
    """The run as JUnit XML. A run that is not whole has one more suite, so that CI does not take it for green."""
    root = Element("testsuites", name="rerank-harness")
    for area in Area:
        if findings := [f for f in run.findings if f.area is area]:
            _suite(root, area.value, run.started.started, [_case(f) for f in findings])
    if gaps := _gaps(run):
        _suite(root, "run", run.started.started, gaps)
    _count(root)
    indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _suite(root: Element, name: str, started: str, cases: list[Element]) -> None:
    suite = SubElement(root, "testsuite", name=name, timestamp=visible(started))
    suite.extend(cases)
    _count(suite)


def _case(finding: Finding) -> Element:
    case = Element(
        "testcase", classname=finding.area.value, name=one_line(tables.named(finding)), time=f"{finding.seconds:.4f}"
    )
    if tag := _TAGS.get(finding.status):
        told = SubElement(case, tag)
        if finding.status is not Status.WARN:
            told.set("message", one_line(finding.message))
            told.set("type", finding.severity.value)
        told.text = visible(_details(finding))
    return case


def _details(finding: Finding) -> str:
    measured = (("value", finding.value), ("limit", finding.limit), ("margin", finding.margin))
    lines = [finding.title, finding.message]
    lines += [f"{name}: {quantity(value, finding.unit)}" for name, value in measured if value is not None]
    told = (("evidence", finding.evidence), ("remedy", finding.remedy), ("reproduce", finding.reproduce))
    return "\n".join(lines + [f"{name}: {text}" for name, text in told if text])


def _gaps(run: Run) -> list[Element]:
    cases = []
    if interruption := Story(run).interruption:
        cases.append(_gap("came to its end", "error", interruption))
    for device in run.unavailable:
        tag = "failure" if run.verdict is Verdict.FAIL and device.required else "skipped"
        cases.append(_gap(f"device {device.device}", tag, device.reason))
    return cases + [_gap(check, "skipped", "planned, but left no finding") for check in run.missing]


def _gap(name: str, tag: str, message: str) -> Element:
    case = Element("testcase", classname="run", name=one_line(name), time="0")
    SubElement(case, tag, message=one_line(message), type="run")
    return case


def _count(element: Element) -> None:
    cases = list(element.iter("testcase"))
    tags = Counter(child.tag for case in cases for child in case)
    counts = {"tests": len(cases), "failures": tags["failure"], "errors": tags["error"], "skipped": tags["skipped"]}
    for name, count in counts.items():
        element.set(name, str(count))
    element.set("time", f"{sum(float(case.get('time', 0)) for case in cases):.4f}")

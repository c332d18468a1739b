"""SARIF 2.1.0: an audit for code-scanning pages and editors (https://docs.oasis-open.org/sarif/sarif/v2.1.0/)."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from harness.core.audit import About, Audited, Left, Place, SourceFinding, Suppression
from harness.core.vocabulary import Severity
from reports.audit.words import rules_of
from reports.formats.markdown import escaped
from reports.text import cut, one_line, visible

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
#: Which computation of a finding's identity a reader may hold against an earlier one.
FINGERPRINT = "rerankHarness/v1"
_LEVELS = {Severity.CRITICAL: "error", Severity.MAJOR: "error", Severity.MINOR: "warning", Severity.INFO: "note"}
#: GitHub's own words for the same (a property of rules).
_PROBLEMS = {"error": "error", "warning": "warning", "note": "recommendation"}
_KINDS = {"comment": "inSource", "baseline": "external"}
_ROOT = "SRCROOT"
#: The last line of a snippet that does not have all lines of its place.
_CUT = "…"


def as_sarif(audited: Audited, version: str) -> dict[str, Any]:
    """An audit as a SARIF log of one run, the same for the same audit: no times, no random ids, no path of this
    machine. `version` is the program's. Text from sources is visible, and no link can be made of it.
    """
    rules = rules_of(audited)
    indices = {rule.id: index for index, rule in enumerate(rules)}
    run = {
        "tool": {"driver": _driver(rules, version)},
        # without a URI: readers know where their checkout is, and none learns where ours was (§3.14.14)
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the source tree that was audited."}}},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(audited)],
        "results": [_result(finding, indices[finding.rule.id]) for finding in audited.findings],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _driver(rules: tuple[About, ...], version: str) -> dict[str, Any]:
    return {"name": "rerank-harness", "version": one_line(version), "rules": [_rule(rule) for rule in rules]}


def _rule(rule: About) -> dict[str, Any]:
    level = _LEVELS[rule.severity]
    return {
        "id": visible(rule.id),
        "name": "".join(word.capitalize() for word in visible(rule.id).split("-")),
        "shortDescription": _message(rule.title),
        "fullDescription": _message(rule.why),
        "help": _message(rule.remedy) | {"markdown": f"**What to do:** {escaped(rule.remedy)}"},
        "defaultConfiguration": {"level": level},
        "properties": {
            "tags": ["reranker", rule.stage.value], "precision": "high", "problem.severity": _PROBLEMS[level],
            "stage": rule.stage.value,
        },
    }  # fmt: skip


def _invocation(audited: Audited) -> dict[str, Any]:
    left = [_left(left) for left in audited.left]
    problems = [_notification("acceptance-without-effect", problem) for problem in audited.problems]
    return {"executionSuccessful": True, "toolExecutionNotifications": left + problems}


def _left(left: Left) -> dict[str, Any]:
    at = {"physicalLocation": {"artifactLocation": _artifact(left.path)}}
    return _notification("left-out", f"{left.path} {left.reason}") | {"locations": [at]}


def _notification(id: str, text: str) -> dict[str, Any]:
    return {"descriptor": {"id": id}, "level": "warning", "message": _message(text)}


def _result(finding: SourceFinding, index: int) -> dict[str, Any]:
    also = [_related(number, place) for number, place in enumerate(finding.also, 1)]
    accepted = [_suppression(finding.suppression)] if finding.suppression else []
    return {
        "ruleId": visible(finding.rule.id),
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": _message(finding.message, cut(finding.evidence)),
        "locations": [_location(finding.place, finding.snippet)],
        **({"relatedLocations": also} if also else {}),
        "partialFingerprints": {FINGERPRINT: finding.identity},
        # also where there is none: a run tells it of all results or of none (§3.27.23)
        "suppressions": accepted,
        "properties": {"severity": finding.severity.value, "stage": finding.rule.stage.value},
    }


def _related(number: int, place: Place) -> dict[str, Any]:
    return {"id": number, "message": {"text": "here too"}} | _location(place)


def _location(place: Place, snippet: str = "") -> dict[str, Any]:
    symbol = visible(place.symbol)
    kind = "module" if symbol == "module" else "function"
    return {
        "physicalLocation": {"artifactLocation": _artifact(place.path)} | _regions(place, snippet),
        "logicalLocations": [{"fullyQualifiedName": symbol, "kind": kind}],
    }


def _regions(place: Place, snippet: str) -> dict[str, Any]:
    """The place, and the lines that it is in: a snippet is whole lines, of a long place the first."""
    region: dict[str, Any] = {
        "startLine": place.line, "startColumn": place.column, "endLine": place.end_line, "endColumn": place.end_column,
    }  # fmt: skip
    if not snippet:
        return {"region": region}
    if exact := _exact(place, snippet):
        region["snippet"] = {"text": visible(exact)}
    around = {"startLine": place.line, "endLine": place.end_line, "snippet": {"text": visible(snippet)}}
    return {"region": region, "contextRegion": around}


def _exact(place: Place, snippet: str) -> str:
    """The text of the place alone; empty where the snippet does not have all of it."""
    lines = snippet.split("\n")
    if len(lines) != place.end_line - place.line + 1 or lines[-1] == _CUT:
        return ""
    lines[-1] = lines[-1][: place.end_column - 1]
    lines[0] = lines[0][place.column - 1 :]
    return "\n".join(lines)


def _artifact(path: str) -> dict[str, str]:
    try:
        name = path.encode("utf-8", "surrogateescape")  # the bytes of a name that is not UTF-8, as the system has them
    except UnicodeEncodeError:
        name = path.encode("utf-8", "surrogatepass")
    return {"uri": quote(name, safe="/"), "uriBaseId": _ROOT}


def _suppression(given: Suppression) -> dict[str, str]:
    reason = f"{visible(given.reason)} (until {given.expires})"
    return {"kind": _KINDS[given.kind], "status": "accepted", "justification": reason}


def _message(*texts: str) -> dict[str, str]:
    """Plain text in which `[a](b)` is no link (§3.11.6). Braces stay single: without `arguments` nobody fills them."""
    return {"text": visible("\n".join(filter(None, texts))).replace("](", "] (")}

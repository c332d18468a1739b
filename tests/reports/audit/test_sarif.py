"""The audit as SARIF: valid by the official schema whatever the sources say, and nothing of this machine in it."""

from __future__ import annotations

import hashlib
import importlib.resources
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.core.audit import Audited, Left, Place, SourceFinding
from harness.core.vocabulary import Severity
from reports.audit import as_sarif

SCHEMAS = importlib.resources.files("reports").joinpath("schema")
SCHEMA = SCHEMAS.joinpath("sarif-2.1.0.schema.json")
VALIDATOR = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
ODD = st.sampled_from('\ud800\udcff\0\x1b\u202e\u200b\ufffe\n\t{}[]()"\\')
ANYTHING = st.text(st.characters(exclude_categories=()) | ODD, max_size=40)
Audit = Callable[..., Audited]
Make = Callable[..., SourceFinding]


def run_of(audited: Audited) -> dict[str, Any]:
    log = as_sarif(audited, "0.1.0")
    VALIDATOR.validate(log)
    return dict(log["runs"][0])


def result_of(audited: Audited) -> dict[str, Any]:
    return dict(run_of(audited)["results"][0])


def test_the_schema_is_the_one_that_the_notice_names() -> None:
    digest = hashlib.sha256(SCHEMA.read_bytes()).hexdigest()
    assert digest in SCHEMAS.joinpath("NOTICE").read_text(encoding="utf-8")


def test_an_audit_with_something_of_everything_is_valid(audited: Audited) -> None:
    assert len(run_of(audited)["results"]) == len(audited.findings)


def test_an_audit_that_found_nothing_says_so(audit_of: Audit) -> None:
    assert run_of(audit_of())["results"] == []


def test_every_result_points_to_its_rule(audited: Audited) -> None:
    run = run_of(audited)
    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [f.rule.id for f in audited.findings]


@pytest.mark.parametrize(
    ("severity", "level"),
    [
        (Severity.CRITICAL, "error"), (Severity.MAJOR, "error"), (Severity.MINOR, "warning"), (Severity.INFO, "note"),
    ],
)  # fmt: skip
def test_a_severity_is_told_as_a_level(found: Make, audit_of: Audit, severity: Severity, level: str) -> None:
    result = result_of(audit_of(found(severity=severity)))
    assert (result["level"], result["properties"]["severity"]) == (level, severity)


def test_a_rule_says_why_it_matters_and_what_to_do(audited: Audited) -> None:
    rule = run_of(audited)["tool"]["driver"]["rules"][0]
    assert (rule["fullDescription"]["text"], rule["help"]["text"]) == (audited.rules[0].why, audited.rules[0].remedy)
    assert rule["properties"]["tags"] == ["reranker", "activate"]


@pytest.mark.parametrize(("kind", "told"), [("comment", "inSource"), ("baseline", "external")])
def test_an_accepted_finding_is_suppressed_with_reason_and_end(
    found: Make, audit_of: Audit, kind: str, told: str
) -> None:
    (suppression,) = result_of(audit_of(found(accepted=kind)))["suppressions"]
    assert (suppression["kind"], suppression["status"]) == (told, "accepted")
    assert suppression["justification"] == "the client asks for it (until 2027-01-31)"


def test_a_finding_that_counts_is_told_to_be_not_suppressed(found: Make, audit_of: Audit) -> None:
    assert result_of(audit_of(found()))["suppressions"] == []


def test_a_fingerprint_outlives_a_move_of_the_lines(found: Make, audit_of: Audit) -> None:
    here, there = found(), found(place=replace(found().place, line=400, end_line=401))
    assert [result_of(audit_of(f))["partialFingerprints"] for f in (here, there)] == [
        {"rerankHarness/v1": here.identity}
    ] * 2


def test_another_symbol_has_another_fingerprint(found: Make, audit_of: Audit) -> None:
    here, there = found(), found(place=replace(found().place, symbol="Other.predict"))
    first, second = (result_of(audit_of(f))["partialFingerprints"] for f in (here, there))
    assert first != second


def test_nothing_says_where_the_sources_lay(audited: Audited) -> None:
    log = as_sarif(replace(audited, root="/home/somebody/checkout"), "0.1.0")
    assert "/home" not in json.dumps(log)
    assert "uri" not in log["runs"][0]["originalUriBaseIds"]["SRCROOT"]


@pytest.mark.parametrize(
    ("path", "uri"),
    [("src/a b#ü.py", "src/a%20b%23%C3%BC.py"), ("a:b%2f.py", "a%3Ab%252f.py"), ("odd\udcff.py", "odd%FF.py")],
)
def test_a_path_becomes_a_relative_uri(audit_of: Audit, path: str, uri: str) -> None:
    (told,) = run_of(audit_of(left=(Left(path, "is a link"),)))["invocations"][0]["toolExecutionNotifications"]
    assert told["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri, "uriBaseId": "SRCROOT"}


def test_a_snippet_is_told_as_the_place_and_as_its_lines(found: Make, audit_of: Audit) -> None:
    finding = found(place=Place("a.py", 7, 5, 7, 8, "f"), snippet="x = é🙂y(1)")
    physical = result_of(audit_of(finding))["locations"][0]["physicalLocation"]
    assert physical["region"]["snippet"]["text"] == "é🙂y"
    assert physical["contextRegion"]["snippet"]["text"] == "x = é🙂y(1)"


def test_a_snippet_that_was_cut_is_told_as_lines_only(found: Make, audit_of: Audit) -> None:
    finding = found(place=Place("a.py", 7, 1, 9, 2, "f"), snippet="f(\n    x,\n…")
    physical = result_of(audit_of(finding))["locations"][0]["physicalLocation"]
    assert "snippet" not in physical["region"]
    assert physical["contextRegion"]["snippet"]["text"] == "f(\n    x,\n…"


def test_further_places_are_related_locations(found: Make, audit_of: Audit) -> None:
    (related,) = result_of(audit_of(found()))["relatedLocations"]
    assert related["physicalLocation"]["region"]["startLine"] == 50


def test_what_was_left_out_and_what_has_no_effect_are_warnings(audited: Audited) -> None:
    told = run_of(audited)["invocations"][0]["toolExecutionNotifications"]
    assert [notice["level"] for notice in told] == ["warning"] * 3
    assert told[0]["message"]["text"] == "src/odd.py is not UTF-8 (byte 3)"


def test_no_link_can_be_made_of_a_message(found: Make, audit_of: Audit) -> None:
    assert "](" not in result_of(audit_of(found(message="[press](https://example.org)")))["message"]["text"]


def test_the_same_audit_gives_the_same_log(audited: Audited) -> None:
    first, second = (json.dumps(as_sarif(replace(audited, seconds=s), "0.1.0")) for s in (1.0, 2.0))
    assert first == second


@given(text=ANYTHING, path=ANYTHING, named=st.text(), line=st.integers(1, 10**9), column=st.integers(1, 10**9))
def test_any_text_of_a_source_keeps_the_log_valid(
    found: Make, audit_of: Audit, text: str, path: str, named: str, line: int, column: int
) -> None:
    place = Place(named, line, column, line, column + 1, named)
    also = replace(place, path=path, symbol=text)
    finding = found(message=text, snippet=text, evidence=text, place=place, also=(also, also))
    log = as_sarif(audit_of(finding, left=(Left(path, text),), problems=(text,)), text)
    VALIDATOR.validate(log)
    written = json.dumps(log, ensure_ascii=False, allow_nan=False).encode()
    assert json.loads(written) == log


@given(ANYTHING)
def test_what_hides_or_reorders_is_seen(found: Make, audit_of: Audit, text: str) -> None:
    result = result_of(audit_of(found(message=text, snippet=f"x{text}", evidence=text)))
    told = result["message"]["text"] + result["locations"][0]["physicalLocation"]["contextRegion"]["snippet"]["text"]
    assert not set("\ud800\udcff\0\x1b\u202e\u200b\ufffe") & set(told)

"""The audit for programs: every rule is told, in the fields of every other finding."""

from __future__ import annotations

import importlib.resources
import json
import math
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.core.audit import Audited, Left, SourceFinding
from harness.core.findings import Finding
from reports.audit import as_document

SCHEMA = json.loads(importlib.resources.files("reports").joinpath("schema", "audit.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
ANYTHING = st.text(st.characters(exclude_categories=()) | st.sampled_from("\ud800\udcff\0"), max_size=40)
Audit = Callable[..., Audited]
Make = Callable[..., SourceFinding]


def document_of(audited: Audited) -> dict[str, Any]:
    document = as_document(audited)
    VALIDATOR.validate(document)
    return document


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_every_rule_has_a_finding(audited: Audited) -> None:
    told = [(finding["check"], finding["status"]) for finding in document_of(audited)["findings"]]
    assert told == [
        ("source-audit.nan-to-zero", "warn"), ("source-audit.nan-to-zero", "fail"),
        ("source-audit.autocast-device", "pass"), ("source-audit.zip-with-sorted", "not verified"),
    ]  # fmt: skip


def test_a_finding_has_the_fields_of_every_finding_and_its_place(audited: Audited) -> None:
    finding = document_of(audited)["findings"][1]
    assert set(finding) == {field.name for field in fields(Finding)} | {"place", "also", "identity", "suppression"}
    assert finding["place"]["line"] == 41
    assert finding["identity"] == audited.findings[1].identity


def test_a_finding_can_be_made_again(audited: Audited) -> None:
    (finding, *_) = document_of(replace(audited, root="my tree"))["findings"]
    assert finding["reproduce"] == "rerank-harness audit 'my tree' --rule nan-to-zero"


def test_an_accepted_finding_says_how_and_until_when(found: Make, audit_of: Audit) -> None:
    (finding,) = document_of(audit_of(found(accepted="baseline")))["findings"]
    assert finding["suppression"] == {
        "kind": "baseline", "reason": "the client asks for it", "expires": "2027-01-31",
    }  # fmt: skip


def test_what_else_was_asked_is_told(audited: Audited) -> None:
    document = document_of(audited)
    assert document["claims"][0]["ruling"] == "refuted"
    assert document["touched"][0]["wiring"] == "exists only"
    assert (len(document["left"]), len(document["problems"])) == (2, 1)


@pytest.mark.parametrize("path", [("findings", 0), ("claims", 0), ("touched", 0), ("left", 0), ()])
def test_the_schema_refuses_what_it_does_not_know(audited: Audited, path: tuple[Any, ...]) -> None:
    part: Any = (document := as_document(audited))
    for step in path:
        part = part[step]
    part["more"] = 1
    assert not VALIDATOR.is_valid(document)


def test_the_schema_refuses_a_failure_without_a_place(audited: Audited) -> None:
    document = as_document(audited)
    document["findings"][1]["place"] = None
    assert not VALIDATOR.is_valid(document)


@given(text=ANYTHING, path=ANYTHING)
def test_any_text_of_a_source_keeps_the_document_valid(found: Make, audit_of: Audit, text: str, path: str) -> None:
    also = replace(found().place, path=path, symbol=text)
    finding = found(message=text, snippet=text, evidence=text, also=(also,))
    document = document_of(audit_of(finding, root=path, left=(Left(path, text),), problems=(text,), seconds=math.inf))
    written = json.dumps(document, ensure_ascii=False, allow_nan=False).encode()
    assert json.loads(written) == document

"""The statement: in-toto Statement v1 with the predicate test-result v0.1.

Its subjects are the model's files. Its configuration names, each with its sha256, every file of the evidence and every
input of the runs, and without one the model as a whole and the harness.
https://github.com/in-toto/attestation/blob/main/spec/predicates/test-result.md
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.core.errors import UsageError
from harness.core.vocabulary import Status
from reports.signoff.decision import Decision, Release
from reports.signoff.model import Covers
from reports.signoff.requirements import is_digest

PREDICATE = "https://in-toto.io/attestation/test-result/v0.1"
#: The predicate's word for each verdict. A warning by itself leaves a release PASSED, and is among `warnedTests`.
RESULTS = {Release.PASS: "PASSED", Release.CONDITIONAL: "WARNED", Release.FAIL: "FAILED"}
_LISTS = {Status.PASS: "passedTests", Status.WARN: "warnedTests", Status.FAIL: "failedTests"}
_SCHEMA = Path(__file__).parent.parent / "schema" / "statement.schema.json"


@dataclass(frozen=True, slots=True)
class Claim:
    """What a statement claims. Digests are sha256 in hex, `digest` the harness's own of the model as a whole."""

    result: str
    tests: Mapping[Status, tuple[str, ...]]
    model: str
    digest: str
    covers: Covers
    subjects: Mapping[str, str]
    """The model's files."""
    evidence: Mapping[str, str]
    """The files of the evidence."""
    inputs: Mapping[str, str]
    """What each run was made with: collection, prompt and whatever else was given."""
    harness: str
    decided: str

    @property
    def verdict(self) -> Release:
        """What it says of the release."""
        return next(verdict for verdict, word in RESULTS.items() if word == self.result)


def claim_of(
    decision: Decision, subjects: Mapping[str, str], covers: Covers, evidence: Mapping[str, str], harness: str
) -> Claim:
    """What is to be claimed after a decision."""
    return Claim(
        result=RESULTS[decision.verdict], tests=decision.tests(), model=decision.model, digest=decision.digest,
        covers=covers, subjects=subjects, evidence=evidence, inputs=dict(_inputs(decision)), harness=harness,
        decided=decision.at.isoformat(),
    )  # fmt: skip


def payload(claim: Claim) -> bytes:
    """The statement as JSON."""
    from google.protobuf.json_format import MessageToDict
    from in_toto_attestation.predicates.test_result.v0.test_result_pb2 import TestResult
    from in_toto_attestation.v1.resource_descriptor import ResourceDescriptor
    from in_toto_attestation.v1.statement import Statement

    result = TestResult(
        result=claim.result, configuration=[ResourceDescriptor(**fields).pb for fields in _configuration(claim)],
        passed_tests=claim.tests[Status.PASS], warned_tests=claim.tests[Status.WARN],
        failed_tests=claim.tests[Status.FAIL],
    )  # fmt: skip
    subjects = [ResourceDescriptor(name, digest={"sha256": digest}).pb for name, digest in claim.subjects.items()]
    # without an empty list the predicate would not say that nothing failed
    predicate = {name: [] for name in _LISTS.values()} | MessageToDict(result)
    statement = Statement(subjects, PREDICATE, predicate)
    statement.validate()
    return json.dumps(MessageToDict(statement.pb), separators=(",", ":"), sort_keys=True).encode()


def read_payload(content: bytes) -> Claim:
    """What a payload claims; UsageError where it is no such statement."""
    import jsonschema

    try:
        statement = json.loads(content)
        jsonschema.validate(statement, json.loads(_SCHEMA.read_text(encoding="utf-8")))
        return _claim(statement["subject"], statement["predicate"])
    except jsonschema.ValidationError as error:
        place = "/".join(map(str, error.absolute_path)) or "its top"
        raise UsageError(f"the statement is none that signoff writes, at {place}: {error.message[:120]}") from None
    except (ValueError, RecursionError) as error:
        raise UsageError(f"the statement is no JSON ({error})") from None
    except LookupError as error:
        raise UsageError(f"the statement is none that signoff writes: it does not say {error}") from None


def _claim(subjects: list[dict[str, Any]], predicate: dict[str, Any]) -> Claim:
    by_kind: dict[str, list[dict[str, Any]]] = {"evidence": [], "input": [], "model": [], "harness": []}
    for descriptor in predicate["configuration"]:
        by_kind[descriptor["annotations"]["kind"]].append(descriptor)
    model, harness = by_kind["model"][0]["annotations"], by_kind["harness"][0]["annotations"]
    return Claim(
        result=predicate["result"],
        tests={status: tuple(predicate.get(name, ())) for status, name in _LISTS.items()},
        model=model["id"], digest=model["digest"], covers=Covers(model["covers"]), subjects=_digests(subjects),
        evidence=_digests(by_kind["evidence"]), inputs=_digests(by_kind["input"]),
        harness=harness["version"], decided=harness["decided"],
    )  # fmt: skip


def _configuration(claim: Claim) -> Iterator[dict[str, Any]]:
    model = {"kind": "model", "id": claim.model, "digest": claim.digest, "covers": claim.covers.value}
    harness = {"kind": "harness", "version": claim.harness, "decided": claim.decided}
    yield {"name": "model", "annotations": model}
    yield {"name": "rerank-harness", "uri": f"pkg:pypi/rerank-harness@{claim.harness}", "annotations": harness}
    for kind, files in (("input", claim.inputs), ("evidence", claim.evidence)):
        for name, digest in files.items():
            yield {"name": name, "digest": {"sha256": digest}, "annotations": {"kind": kind}}


def _inputs(decision: Decision) -> Iterator[tuple[str, str]]:
    for number, run in enumerate(decision.runs, 1):
        for name, digest in run.started.inputs.items():
            if is_digest(digest):
                yield f"runs/{number}/{name}", digest.removeprefix("sha256:")


def _digests(descriptors: list[dict[str, Any]]) -> dict[str, str]:
    return {descriptor["name"]: descriptor["digest"]["sha256"] for descriptor in descriptors}

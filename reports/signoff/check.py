"""Whether a statement is what it claims to be: signature, files, model, and what follows from the events once more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness.core.documents import read_document
from harness.core.errors import UsageError
from harness.core.events import finite
from harness.core.versions import version_of
from reports.signoff import evidence, numbers
from reports.signoff.decision import Decision, Release
from reports.signoff.envelope import objections, read_envelope
from reports.signoff.model import differences, digested, files_of
from reports.signoff.requirements import SKEW
from reports.signoff.statement import Claim, claim_of, read_payload
from reports.text import brief

if TYPE_CHECKING:
    from securesystemslib.signer import SSlibKey

SCHEMA = "rerank-harness/signoff-check/1"


@dataclass(frozen=True, slots=True)
class Examination:
    """What came of a check: the verdict that the statement claims, and a sentence for whatever does not match.

    `claim` is None where the envelope is not to be believed; what it holds was then not looked at.
    """

    claim: Claim | None
    mismatches: tuple[str, ...]

    @property
    def verdict(self) -> Release | None:
        """What the statement says of the release."""
        return None if self.claim is None else self.claim.verdict

    @property
    def sound(self) -> bool:
        """Whether everything matches, and the release does not fail."""
        return not self.mismatches and self.verdict in (Release.PASS, Release.CONDITIONAL)

    def as_dict(self) -> dict[str, Any]:
        """As reports/schema/signoff-check.schema.json promises it."""
        claim = self.claim
        return {
            "schema": SCHEMA, "sound": self.sound, "verdict": self.verdict, "mismatches": list(self.mismatches),
            "model": None if claim is None else {"id": claim.model, "digest": claim.digest},
            "decided": None if claim is None else claim.decided,
            "policy": None if claim is None else claim.evidence.get(evidence.POLICY),
        }  # fmt: skip


def examine(
    statement: Path, key: SSlibKey | None, folder_of: Callable[[str], Path | None], at: datetime
) -> Examination:
    """Check a statement at a time with the public key of its signer (None: whoever it was). `folder_of` finds the
    folder of a model by its id. UsageError where the file is no statement.
    """
    envelope = read_envelope(statement)
    refused = () if key is None else objections(envelope, key)
    if refused:
        return Examination(None, refused)
    try:
        claim = read_payload(envelope.payload)
    except UsageError as error:
        return Examination(None, (str(error),))
    folder = evidence.beside(statement)
    if not folder.is_dir():
        return Examination(claim, (f"evidence: the folder {folder} is missing",))
    derived = tuple(_derivation(claim, folder, at))
    if derived and claim.harness != (ours := version_of("rerank-harness")):
        derived = (*derived, f"derivation: the statement was made by rerank-harness {claim.harness}; this is {ours}")
    told = (*_evidence(claim, folder), *_model(claim, folder_of(claim.model)), *derived)
    return Examination(claim, tuple(dict.fromkeys(told)))


def _evidence(claim: Claim, folder: Path) -> Iterator[str]:
    for name, how in differences(claim.evidence, evidence.listing(folder)):
        yield f"evidence: {name} {how}"


def _model(claim: Claim, folder: Path | None) -> Iterator[str]:
    if folder is None:
        yield f"model: {claim.model} was not verified: name its folder with --model"
        return
    for name, how in differences(claim.subjects, files_of(folder, claim.subjects, claim.covers)):
        yield f"model: {name} {how}"


def _derivation(claim: Claim, folder: Path, at: datetime) -> Iterator[str]:
    """What follows from the evidence otherwise than it is claimed."""
    try:
        decided = datetime.fromisoformat(claim.decided).astimezone(UTC)
        decision = evidence.derive(folder, decided)
    except (UsageError, ValueError, OverflowError) as error:
        yield f"derivation: {brief(str(error), 400)}"
        return
    if decided - SKEW > at:
        yield f"derivation: the statement was made in the future, at {claim.decided}"
    derived = claim_of(decision, claim.subjects, claim.covers, claim.evidence, claim.harness)
    for name in ("model", "digest", "result", "tests", "inputs"):
        if getattr(claim, name) != getattr(derived, name):
            yield f"derivation: {name}: {_told(claim, derived, name)}"
    for name, how in _misbound(decision, claim):
        yield f"derivation: model: {name} {how}, beside what the runs digested"
    yield from _numbers(decision, folder)
    for waiver in {entry.waiver.number: entry.waiver for entry in decision.accepted}.values():
        if at.date() > waiver.expires:
            yield f"waivers: {waiver.name} expired on {waiver.expires}"


def _misbound(decision: Decision, claim: Claim) -> Iterator[tuple[str, str]]:
    """The files of the model that are claimed otherwise than a run digested them."""
    for run in decision.runs:
        wanted = digested(run)
        yield from differences(wanted, {name: claim.subjects[name] for name in wanted if name in claim.subjects})


def _told(claim: Claim, derived: Claim, name: str) -> str:
    """One difference between claim and derivation."""
    claimed, follows = getattr(claim, name), getattr(derived, name)
    if name == "tests":
        moved = sorted({test for status in claimed for test in set(claimed[status]) ^ set(follows[status])})
        return f"what passed, warned and failed does not follow from the events: {brief(', '.join(moved), 200)}"
    if name == "inputs":
        return f"not what the events say: {brief(', '.join(n for n, _ in differences(claimed, follows)), 200)}"
    return f"{claimed} is claimed, and {follows} follows from the events"


def _numbers(decision: Decision, folder: Path) -> Iterator[str]:
    """The numbers, which must be those of the decision; the page is known by its digest."""
    try:
        kept = read_document(folder / evidence.NUMBERS, numbers.kind())
    except UsageError as error:
        yield f"derivation: {error}"
        return
    follows = finite(numbers.document(decision))
    if wrong := [name for name in follows if kept.get(name) != follows[name]]:
        yield f"derivation: {evidence.NUMBERS}: {', '.join(wrong)}: not what follows from the events"

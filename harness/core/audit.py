"""What an audit of a source tree found: rules, places, findings and what was left out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from harness.core.findings import Outcome, not_applicable
from harness.core.vocabulary import Area, Severity, Stage, Status

#: Severities that make an audit fall short; the others are told as warnings.
FAILING = (Severity.CRITICAL, Severity.MAJOR)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a path within the tree with `/`, lines and columns from 1 (the last column excluded), and
    the function, class or constant that it belongs to.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    symbol: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class About:
    """What a rule is about, as reports tell it."""

    id: str
    title: str
    stage: Stage
    severity: Severity
    why: str
    remedy: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suppression:
    """Why a finding is accepted, by whom it was written down (`comment` or `baseline`), and through which day (UTC)."""

    kind: str
    reason: str
    expires: date


@dataclass(frozen=True, slots=True)
class SourceFinding:
    """One fault in one symbol. `also` are further places of it within the same symbol."""

    rule: About
    severity: Severity
    message: str
    place: Place
    snippet: str
    evidence: str = ""
    also: tuple[Place, ...] = ()
    suppression: Suppression | None = None

    @property
    def identity(self) -> str:
        """The same for as long as rule, file and symbol are: neither lines nor layout matter."""
        named = "\0".join((self.rule.id, self.place.path, self.place.symbol))
        return hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:32]

    @property
    def subject(self) -> str:
        """Which finding of its rule this is, for a reader."""
        return f"{self.place.path} {self.place.symbol}"

    @property
    def status(self) -> Status:
        """A warning where it is accepted or does not weigh enough to fall short."""
        failing = self.severity in FAILING and self.suppression is None
        return Status.FAIL if failing else Status.WARN

    @property
    def outcome(self) -> Outcome:
        """As a check says it."""
        accepted = self.suppression
        told = f"{self.message} (accepted until {accepted.expires}: {accepted.reason})" if accepted else self.message
        shown = [f"{self.place}:", self.snippet, *(f"also at {place}" for place in self.also)]
        return Outcome(
            self.status, f"{self.place}: {told}", evidence="\n".join([*shown, self.evidence]).strip(),
            remedy=self.rule.remedy, subject=self.subject, severity=self.severity,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Left:
    """A file that was not audited, or not all of it, and why."""

    path: str
    reason: str


class Ruling(StrEnum):
    """What becomes of a claim."""

    CONFIRMED = "confirmed"
    REFUTED = "refuted"
    NOT_VERIFIABLE = "not verifiable"


@dataclass(frozen=True, slots=True)
class Ruled:
    """A claim with its ruling. `by` names what decided it: `rule nan-to-zero`, `check devices.autocast`, `fact …`."""

    statement: str
    area: Area
    by: str
    ruling: Ruling
    evidence: str


class Wiring(StrEnum):
    """How far something that a change claims to touch is part of the program."""

    MISSING = "missing"
    EXISTS_ONLY = "exists only"
    WIRED_IN = "wired in"


@dataclass(frozen=True, slots=True)
class Touched:
    """An entry of a manifest: a file, or a symbol in it; `how` says where it is imported, registered or called."""

    path: str
    symbol: str
    wiring: Wiring
    how: str


@dataclass(frozen=True, slots=True)
class Audited:
    """An audit: what was read, by which rules, and what was found. `problems` are suppressions that do not hold."""

    root: str
    files: dict[str, int]
    """How many files of each language were read."""
    rules: tuple[About, ...]
    findings: tuple[SourceFinding, ...]
    left: tuple[Left, ...] = ()
    problems: tuple[str, ...] = ()
    claims: tuple[Ruled, ...] = ()
    touched: tuple[Touched, ...] = ()
    seconds: float = 0.0

    @property
    def falls_short(self) -> bool:
        """Whether anything failing was found that is not accepted, a suppression does not hold, a claim is
        refuted, or what a change claims to touch is not wired in.
        """
        return (
            bool(self.problems)
            or any(finding.status is Status.FAIL for finding in self.findings)
            or any(ruled.ruling is Ruling.REFUTED for ruled in self.claims)
            or any(touched.wiring is not Wiring.WIRED_IN for touched in self.touched)
        )

    def of(self, rule: str) -> tuple[SourceFinding, ...]:
        """The findings of one rule."""
        return tuple(finding for finding in self.findings if finding.rule.id == rule)

    def outcomes(self, rule: About) -> list[Outcome]:
        """What a rule says of the tree: its findings, or that there are none."""
        found = [finding.outcome for finding in self.of(rule.id)]
        return found or [self._nothing(rule)]

    def _nothing(self, rule: About) -> Outcome:
        read = sum(self.files.get(language, 0) for language in rule.languages)
        if not read:
            return not_applicable(f"the tree has no {' or '.join(rule.languages)} file")
        return Outcome(Status.PASS, f"found nowhere in {read} file{'s' if read > 1 else ''}")

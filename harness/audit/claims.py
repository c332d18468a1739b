"""Claims about a project, each decided by what the program finds: a rule, a check of a run, or an experiment."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from harness.audit.facts import facts
from harness.audit.rule import Rule
from harness.audit.vocabulary import Vocabulary
from harness.core.audit import Ruled, Ruling, SourceFinding
from harness.core.errors import UsageError
from harness.core.findings import Finding
from harness.core.vocabulary import Area, Status
from harness.core.written import read_written

_SCHEMA = Path(__file__).with_name("claims.schema.json")
#: Claims that come with the program, by the name of the project that they are about.
SHIPPED = Path(__file__).parent / "shipped_claims"
#: Places that are named as evidence.
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Decider:
    """One thing that can decide a claim: `by` is `rule`, `check` or `fact`, `id` which one. A rule decides as `then`
    says where it finds something in a file of `where` (patterns of `fnmatch`), and as `healthy` says where it looked at
    something there and found it in order; a check and a fact confirm where they pass and refute where they fail.
    """

    by: str
    id: str
    where: tuple[str, ...]
    then: Ruling
    healthy: Ruling
    because: str
    """Why what it finds decides the claim, where that is not plain."""
    values: Mapping[str, Any]

    @property
    def name(self) -> str:
        """As a table names it."""
        return f"{self.by} {self.id}"


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement, the deciders that are asked in turn, and what it is where none of them decides."""

    statement: str
    area: Area
    deciders: tuple[Decider, ...]
    otherwise: Ruling


@dataclass(frozen=True, slots=True)
class Known:
    """What claims are decided by: the files of a tree, what rules found there by their ids, the files in which they
    looked at something, and the findings of a run, None where none was named.
    """

    paths: Sequence[str]
    found: Mapping[str, Sequence[SourceFinding]]
    looked_at: Mapping[str, Sequence[str]]
    vocabulary: Vocabulary
    findings: Sequence[Finding] | None


def read_claims(path: Path, rules: Sequence[Rule]) -> tuple[Claim, ...]:
    """The claims of a file, or those of a name in `SHIPPED`; UsageError names the claim and what is wrong with it."""
    shipped = SHIPPED / f"{path}.toml"
    path = shipped if shipped.is_file() and not path.exists() else path
    written = read_written(path, "file of claims", json.loads(_SCHEMA.read_text(encoding="utf-8")))
    known = {"rule": {rule.about.id for rule in rules}, "fact": set(facts())}
    return tuple(_claim(number, entry, path, known) for number, entry in enumerate(written["claim"], 1))


def _claim(number: int, entry: Mapping[str, Any], path: Path, known: Mapping[str, set[str]]) -> Claim:
    deciders = tuple(_decider(decider) for decider in entry["decide"])
    for decider in deciders:
        if decider.by in known and decider.id not in known[decider.by]:
            listed = ", ".join(sorted(known[decider.by]))
            raise UsageError(f"{path}: claim {number}: no {decider.by} {decider.id!r}; there are {listed}")
    return Claim(entry["statement"], Area(entry["area"]), deciders, Ruling(entry.get("otherwise", "not verifiable")))


def _decider(entry: Mapping[str, Any]) -> Decider:
    by = next(name for name in ("rule", "check", "fact") if name in entry)
    return Decider(
        by, entry[by], tuple(entry.get("where", ("*",))), Ruling(entry.get("then", "confirmed")),
        Ruling(entry.get("healthy", "not verifiable")), entry.get("because", ""), entry.get("with", {}),
    )  # fmt: skip


def rule_on(claims: Iterable[Claim], known: Known) -> tuple[Ruled, ...]:
    """Every claim with its ruling and the evidence for it."""
    return tuple(_ruled(claim, known) for claim in claims)


def _ruled(claim: Claim, known: Known) -> Ruled:
    told: list[str] = []
    for decider in claim.deciders:
        ruling, evidence = _decide(decider, known)
        if ruling is not Ruling.NOT_VERIFIABLE:
            return Ruled(claim.statement, claim.area, decider.name, ruling, evidence)
        told.append(evidence)
    names = ", ".join(decider.name for decider in claim.deciders)
    ruling = claim.otherwise if _has_files(claim, known) else Ruling.NOT_VERIFIABLE
    return Ruled(claim.statement, claim.area, names, ruling, "; ".join(dict.fromkeys(told)))


def _has_files(claim: Claim, known: Known) -> bool:
    """Whether the tree has what the claim is about."""
    patterns = [pattern for decider in claim.deciders if decider.by == "rule" for pattern in decider.where]
    return any(fnmatchcase(path, pattern) for path in known.paths for pattern in patterns)


def _decide(decider: Decider, known: Known) -> tuple[Ruling, str]:
    match decider.by:
        case "rule":
            return _by_rule(decider, known)
        case "fact":
            holds, evidence = facts()[decider.id](decider.values, known.vocabulary)
            return (Ruling.CONFIRMED if holds else Ruling.REFUTED), evidence
        case _:
            return _by_check(decider, known)


def _by_rule(decider: Decider, known: Known) -> tuple[Ruling, str]:
    where = ", ".join(decider.where)
    if not _under(known.paths, decider):
        return Ruling.NOT_VERIFIABLE, f"the tree has no source under {where}"
    found = [finding for finding in known.found.get(decider.id, ()) if _under([finding.place.path], decider)]
    if not found and (looked_at := _under(known.looked_at.get(decider.id, ()), decider)):
        return decider.healthy, f"{decider.id}: what there is in {', '.join(looked_at[:SHOWN])} is in order"
    if not found:
        return Ruling.NOT_VERIFIABLE, f"{decider.id}: nothing under {where}"
    told = [_told(finding) for finding in found[:SHOWN]] + ([f"{len(found) - SHOWN} more"] if found[SHOWN:] else [])
    return decider.then, "; ".join([decider.because, *told] if decider.because else told)


def _told(finding: SourceFinding) -> str:
    """A finding in a line, with the first line of its evidence."""
    first = finding.evidence.partition("\n")[0]
    return f"{finding.place} {finding.place.symbol}: {finding.message}" + (f" ({first})" if first else "")


def _under(paths: Iterable[str], decider: Decider) -> list[str]:
    """The paths that a decider is about, each once."""
    return [path for path in dict.fromkeys(paths) if any(fnmatchcase(path, pattern) for pattern in decider.where)]


def _by_check(decider: Decider, known: Known) -> tuple[Ruling, str]:
    if known.findings is None:
        return Ruling.NOT_VERIFIABLE, f"{decider.id} is a check of a run: name one with --run"
    found = [finding for finding in known.findings if finding.check == decider.id]
    told = "; ".join(f"{finding.status}: {finding.message}" for finding in found[:SHOWN])
    if any(finding.status is Status.FAIL for finding in found):
        return Ruling.REFUTED, told
    passed = bool(found) and all(finding.status in (Status.PASS, Status.WARN) for finding in found)
    return (Ruling.CONFIRMED if passed else Ruling.NOT_VERIFIABLE), told or f"the run has no finding of {decider.id}"

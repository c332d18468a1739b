"""Findings that somebody accepted: by a comment in the source, or by a baseline file; each with a reason and an end."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from fnmatch import fnmatchcase
from pathlib import Path

from harness.audit.nodes import of_kinds
from harness.audit.tree import Tree
from harness.core.audit import SourceFinding, Suppression
from harness.core.errors import UsageError
from harness.core.written import read_written

_SCHEMA = Path(__file__).with_name("baseline.schema.json")
#: `rerank-audit: accept RULE until 2027-01-31: reason`, in a comment on the line or above it.
_COMMENT = re.compile(r"rerank-audit:\s*accept\s+([a-z0-9-]+)(?:\s+until\s+(\S+?))?(?::\s*(.*?))?\s*(?:\*/)?\s*$")
HOW = "write `rerank-audit: accept RULE until YYYY-MM-DD: reason`"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a baseline: which findings, why, and through which day. Path and symbol are patterns of `fnmatch`."""

    number: int
    rule: str
    path: str
    symbol: str
    reason: str
    expires: date

    def covers(self, finding: SourceFinding) -> bool:
        """Whether the entry is about a finding."""
        place = finding.place
        return (
            finding.rule.id == self.rule
            and fnmatchcase(place.path, self.path)
            and fnmatchcase(place.symbol, self.symbol)
        )


@dataclass(frozen=True, slots=True)
class Baseline:
    """What was accepted in a file."""

    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Accepted:
    """Findings with their suppressions, and what is wrong with these: each of `problems` is a sentence."""

    findings: tuple[SourceFinding, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Comment:
    path: str
    line: int
    rule: str
    expires: date
    reason: str


def read_baseline(path: Path) -> Baseline:
    """The entries of a file (TOML); UsageError names the entry and what is wrong with it."""
    written = read_written(path, "baseline", json.loads(_SCHEMA.read_text(encoding="utf-8")))
    return Baseline(tuple(_entry(number, entry, path) for number, entry in enumerate(written.get("accepted", ()), 1)))


def _entry(number: int, entry: dict[str, str], path: Path) -> Entry:
    try:
        expires = date.fromisoformat(entry["expires"])
    except ValueError as error:
        raise UsageError(f"{path} is no baseline: accepted {number}, expires: {error}") from None
    return Entry(number, entry["rule"], entry["path"], entry.get("symbol", "*"), entry["reason"], expires)


def accept(findings: Sequence[SourceFinding], tree: Tree, baseline: Baseline, today: date | None = None) -> Accepted:
    """Findings as they count. A suppression that has expired accepts nothing and is a problem, as is one that matches
    no finding, or a comment without a reason or an end.
    """
    now = today or datetime.now(UTC).date()
    problems: list[str] = []
    comments = list(_comments(tree, problems))
    used: set[_Comment | Entry] = set()
    counted = []
    for finding in findings:
        about: list[_Comment | Entry] = [
            *(c for c in comments if _is_at(c, finding)),
            *(e for e in baseline.entries if e.covers(finding)),
        ]
        found = next((given for given in about if now <= given.expires), about[0] if about else None)
        used |= {found} if found else set()
        counted.append(_accepted(finding, found, now))
    written: list[_Comment | Entry] = [*comments, *baseline.entries]
    problems += [told for given in written if (told := _problem(given, given in used, now))]
    return Accepted(tuple(counted), tuple(problems))


def _accepted(finding: SourceFinding, by: _Comment | Entry | None, now: date) -> SourceFinding:
    if by is None or now > by.expires:
        return finding
    kind = "comment" if isinstance(by, _Comment) else "baseline"
    return replace(finding, suppression=Suppression(kind, by.reason, by.expires))


def _problem(given: _Comment | Entry, is_used: bool, now: date) -> str:
    name = f"{given.path}:{given.line}" if isinstance(given, _Comment) else f"baseline entry {given.number}"
    if now > given.expires:
        return f"{name}: the acceptance of {given.rule} expired on {given.expires}"
    return "" if is_used else f"{name}: accepts {given.rule}, which is not found there any more; remove it"


def _is_at(comment: _Comment, finding: SourceFinding) -> bool:
    place = finding.place
    if comment.path != place.path or comment.rule != finding.rule.id:
        return False
    return any(p.line - 1 <= comment.line <= p.end_line for p in (place, *finding.also))


def _comments(tree: Tree, problems: list[str]) -> Iterable[_Comment]:
    for file in tree.files.values():
        if "rerank-audit:" not in file.text:
            continue
        source = tree.source(file.path)
        for node in of_kinds(source.root, file.language.comments):
            found = _COMMENT.search(node.text())
            line = node.range().start.line + 1
            if found is None:
                if "rerank-audit:" in node.text():
                    problems.append(f"{file.path}:{line}: a comment to the audit is not understood; {HOW}")
                continue
            try:
                yield _Comment(file.path, line, found[1], date.fromisoformat(found[2] or ""), _reason(found[3]))
            except ValueError:
                problems.append(f"{file.path}:{line}: {found[1]} is accepted without a reason or an end; {HOW}")


def _reason(text: str | None) -> str:
    if not text:
        raise ValueError("no reason")
    return text

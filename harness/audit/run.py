"""One audit: every rule over every file of a tree, judged, and accepted where somebody said so."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from pathlib import Path

from harness.audit.calls import Calls
from harness.audit.claims import Claim, Known, rule_on
from harness.audit.files import source_files
from harness.audit.judges.registry import Case, Judged, judges
from harness.audit.manifest import Entry, touched
from harness.audit.matching import Match, matches
from harness.audit.relations import evidence
from harness.audit.rule import Rule
from harness.audit.scanning import scan
from harness.audit.suppressions import Baseline, accept
from harness.audit.tree import Tree
from harness.audit.vocabulary import Vocabulary
from harness.core.audit import Audited, Left, SourceFinding
from harness.core.errors import UsageError
from harness.core.findings import Finding

#: Lines of a match that a finding shows.
SHOWN = 6
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Matched:
    """A tree with everything that rules matched in it, before anything is judged."""

    tree: Tree
    left: tuple[Left, ...]
    matches: dict[str, list[Match]]
    """By the rule's id."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a tree beside its faults: what was accepted, claims with the findings of a run that may decide
    them, and what a change claims to touch.
    """

    baseline: Baseline = field(default_factory=Baseline)
    claims: tuple[Claim, ...] = ()
    deciding: tuple[Rule, ...] = ()
    """Every rule and observation that claims may name."""
    run: tuple[Finding, ...] | None = None
    manifest: tuple[Entry, ...] = ()
    today: date | None = None


def audit(
    root: Path,
    rules: Sequence[Rule],
    vocabulary: Vocabulary,
    asked: Asked | None = None,
    progress: Progress = lambda done, total: None,
    processes: int = 1,
) -> Audited:
    """What `rules` find in the sources below `root`. Nothing of the tree is run or imported.

    `progress` is told how many files have been read, and how many there are. With more than one of `processes`, which a
    large tree is worth, the main module of the program is imported in each of them.
    """
    began, asked = time.perf_counter(), asked or Asked()
    ids = {rule.about.id for rule in rules}
    named = {decider.id for claim in asked.claims for decider in claim.deciders if decider.by == "rule"}
    deciding = [rule for rule in asked.deciding if rule.about.id in named - ids]
    matched = match_tree(root, [*rules, *deciding], progress, processes)
    found = list(judge_tree(matched, [*rules, *deciding], vocabulary))
    accepted = accept([f for f in found if f.rule.id in ids], matched.tree, asked.baseline, asked.today)
    return Audited(
        str(root), dict(Counter(file.language.name for file in matched.tree.files.values())),
        tuple(rule.about for rule in rules), accepted.findings, matched.left, accepted.problems,
        rule_on(asked.claims, _known(matched, found, vocabulary, asked)),
        touched(asked.manifest, matched.tree, root), time.perf_counter() - began,
    )  # fmt: skip


def _known(matched: Matched, found: Sequence[SourceFinding], vocabulary: Vocabulary, asked: Asked) -> Known:
    by_rule: dict[str, list[SourceFinding]] = defaultdict(list)
    for finding in found:
        by_rule[finding.rule.id].append(finding)
    looked_at = {rule: [match.place.path for match in matches] for rule, matches in matched.matches.items()}
    return Known(tuple(matched.tree.files), by_rule, looked_at, vocabulary, asked.run)


def match_tree(
    root: Path, rules: Sequence[Rule], progress: Progress = lambda done, total: None, processes: int = 1
) -> Matched:
    """Read and parse every file, and look for everything that rules match."""
    paths, left = source_files(root)
    tree, found, by_id = Tree(), {rule.about.id: list[Match]() for rule in rules}, {r.about.id: r for r in rules}
    for done, scanned in enumerate(scan(paths, root, rules, processes), 1):
        left += [scanned.left] if scanned.left else []
        if scanned.file is not None and scanned.outline is not None:
            tree.add(scanned.file, scanned.outline)
            for id in scanned.hits:
                matcher = by_id[id].matchers[scanned.file.language.name]
                found[id] += matches(matcher, tree.source(scanned.file.path))
        progress(done, len(paths))
    return Matched(tree, tuple(left), found)


def judge_tree(matched: Matched, rules: Sequence[Rule], vocabulary: Vocabulary) -> Iterator[SourceFinding]:
    """Findings of every rule, one for a symbol and rule, in the order of rules and places."""
    calls = Calls(matched.tree)
    for rule in rules:
        found = [(m, told) for m in matched.matches[rule.about.id] if (told := evidence(rule, m, calls)) is not None]
        found.sort(key=lambda entry: _order(entry[0]))
        told_of: list[SourceFinding] = []
        for _, entries in groupby(found, key=lambda entry: (entry[0].place.path, entry[0].place.symbol)):
            group = list(entries)
            case = Case([m for m, _ in group], matched.tree, vocabulary, rule.settings)
            told_of += _one(_findings(rule, case, "\n".join(group[0][1])))
        yield from sorted(told_of, key=lambda finding: (finding.place.path, finding.place.line, finding.place.column))


def _order(match: Match) -> tuple[str, str, int, int]:
    return match.place.path, match.place.symbol, match.place.line, match.place.column


def _findings(rule: Rule, case: Case, told: str) -> Iterator[SourceFinding]:
    for judged in _decided(rule, case):
        first, *others = judged.matches
        yield SourceFinding(
            rule.about, judged.severity or rule.about.severity, judged.message or _message(rule, first), first.place,
            _snippet(first), "\n".join(filter(None, (told, judged.evidence))),
            tuple(dict.fromkeys(m.place for m in others)),
        )  # fmt: skip


def _decided(rule: Rule, case: Case) -> list[Judged]:
    """What the rule's judge says, or the matches where it has none; UsageError for settings that it lacks."""
    if not rule.judge:
        return [Judged(tuple(case.matches))]
    try:
        return list(judges()[rule.judge](case))
    except KeyError as error:
        raise UsageError(f"rule {rule.about.id}: its judge {rule.judge} lacks the setting {error}") from None


def _one(findings: Iterator[SourceFinding]) -> Iterator[SourceFinding]:
    """The findings of a symbol as one: the gravest, and what the others say as its evidence."""
    ranked = sorted(findings, key=lambda finding: finding.severity.rank)
    if not ranked:
        return
    first, *others = ranked
    told = "\n".join([first.evidence, *(f"{o.place}: {o.message}\n{o.evidence}".strip() for o in others)]).strip()
    also = (*first.also, *(place for other in others for place in (other.place, *other.also)))
    yield replace(first, evidence=told, also=tuple(dict.fromkeys(p for p in also if p.line != first.place.line)))


def _message(rule: Rule, match: Match) -> str:
    return rule.message.replace("{match}", " ".join(match.text().split())[:100])


def _snippet(match: Match) -> str:
    first, last = match.place.line - 1, match.place.end_line
    lines = match.source.lines[first : min(last, first + SHOWN)]
    return "\n".join([*lines, "…"] if last - first > SHOWN else lines)

"""One audit: every rule over every file of a tree, judged, and accepted where somebody said so."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from harness.audit.calls import Calls
from harness.audit.claims import Claim, Known, rule_on
from harness.audit.files import source_files
from harness.audit.judging import is_within_file, judge_matches
from harness.audit.manifest import Entry, touched
from harness.audit.matching import Match, matches
from harness.audit.rule import Rule
from harness.audit.scanning import scan
from harness.audit.suppressions import Baseline, accept
from harness.audit.tree import Tree
from harness.audit.vocabulary import Vocabulary
from harness.core.audit import Audited, Left, SourceFinding
from harness.core.findings import Finding

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Matched:
    """A tree with everything that rules matched in it, before that is judged for which the whole tree is needed."""

    tree: Tree
    left: tuple[Left, ...]
    matches: dict[str, list[Match]]
    """By the rule's id; none of those that are judged within their file."""
    judged: dict[str, list[SourceFinding]] = field(default_factory=dict)
    """What is judged already, by the rule's id."""
    hits: dict[str, list[str]] = field(default_factory=dict)
    """The files in which rules match something, by the rule's id."""


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
    return Known(tuple(matched.tree.files), by_rule, matched.hits, vocabulary, asked.run)


def match_tree(
    root: Path, rules: Sequence[Rule], progress: Progress = lambda done, total: None, processes: int = 1
) -> Matched:
    """Read and parse every file, look for everything that rules match, and judge what is judged within its file."""
    paths, left = source_files(root)
    tree, by_id = Tree(), {rule.about.id: rule for rule in rules}
    found: dict[str, list[Match]] = defaultdict(list)
    judged: dict[str, list[SourceFinding]] = defaultdict(list)
    hits: dict[str, list[str]] = defaultdict(list)
    for done, scanned in enumerate(scan(paths, root, rules, processes), 1):
        left += [scanned.left] if scanned.left else []
        if scanned.file is not None and scanned.outline is not None:
            tree.add(scanned.file, scanned.outline)
            for id in scanned.hits:
                hits[id].append(scanned.file.path)
                if not is_within_file(by_id[id]):
                    found[id] += matches(by_id[id].matchers[scanned.file.language.name], tree.source(scanned.file.path))
            for finding in scanned.findings:
                judged[finding.rule.id].append(finding)
        progress(done, len(paths))
    return Matched(tree, tuple(left), found, judged, hits)


def judge_tree(matched: Matched, rules: Sequence[Rule], vocabulary: Vocabulary) -> Iterator[SourceFinding]:
    """Findings of every rule, one for a symbol and rule, in the order of rules and places."""
    calls = Calls(matched.tree)
    for rule in rules:
        id = rule.about.id
        found = judge_matches(rule, matched.matches.get(id, ()), matched.tree, calls, vocabulary)
        yield from sorted([*matched.judged.get(id, ()), *found], key=_place)


def _place(finding: SourceFinding) -> tuple[str, int, int]:
    return finding.place.path, finding.place.line, finding.place.column

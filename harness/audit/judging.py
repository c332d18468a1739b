"""What rules matched, judged: findings, one for a symbol and rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from harness.audit.calls import Calls
from harness.audit.judges.registry import Case, Judged, judges
from harness.audit.matching import Match
from harness.audit.relations import evidence
from harness.audit.rule import Rule
from harness.audit.tree import Tree
from harness.audit.vocabulary import Vocabulary
from harness.core.audit import SourceFinding
from harness.core.errors import UsageError

#: Lines of a match that a finding shows.
SHOWN = 6


def is_within_file(rule: Rule) -> bool:
    """Whether nothing but the file of a match is needed to judge it."""
    return not rule.conditions and (not rule.judge or judges()[rule.judge].is_within_file)


def judge_matches(
    rule: Rule, matches: Sequence[Match], tree: Tree, calls: Calls, vocabulary: Vocabulary
) -> Iterator[SourceFinding]:
    """Findings of a rule, of what it matched in a tree."""
    found = [(match, told) for match in matches if (told := evidence(rule, match, calls)) is not None]
    found.sort(key=lambda entry: _order(entry[0]))
    for _, entries in groupby(found, key=lambda entry: (entry[0].place.path, entry[0].place.symbol)):
        group = list(entries)
        case = Case([match for match, _ in group], tree, vocabulary, rule.settings)
        yield from _one(_findings(rule, case, "\n".join(group[0][1])))


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
        return list(judges()[rule.judge].judge(case))
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

"""Whether a number takes the place of a score that could not be computed, or that came out as no number.

What a rule matches binds
* $WRONG or $SOUND, of a test that holds where something is wrong, or sound: what is done by it is looked at; or
* $FAILED, what is done or given where something failed, and $TRIED, what was tried, if that is code; or
* $REPLACED, a value that a number was put into; and
* $CALLED, if that must come from a call that `tried` names, for else it says nothing of scores.

Settings, regexes or lists of them, in which case says nothing: `score` of names of scores, `unless` of names that are
none, `around` (optional) of functions that have other scores, `tried` of calls that compute scores, `through` of calls
behind which a score still is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from harness.audit.judges.registry import Case, Judged, judge
from harness.audit.matching import Match
from harness.audit.nodes import Span, of_kinds, span
from harness.audit.source import Source
from harness.audit.values.following import Ways, origins_of
from harness.audit.values.given import CALLS
from harness.audit.values.outcomes import Outcome, Outcomes, Put
from harness.audit.values.places import Place, Places

if TYPE_CHECKING:
    from ast_grep_py import SgNode

_STATEMENTS = ("try_statement", "with_statement")
#: What names a variable, a member, or an element.
_NAMES = ("identifier", "field_identifier", "string")


@judge("made-up-score")
def made_up_score(case: Case) -> Iterator[Judged]:
    """The places where numbers are put for scores."""
    found: dict[Span, Match] = {}
    for match in case.matches if _may_score(case) else ():
        for node in _made_up(match, _Scores(match.source, case)):
            found.setdefault(span(node), Match(match.source, node, match.source.place(node), match.function))
    if found:
        yield Judged(tuple(found.values()))


def _may_score(case: Case) -> bool:
    """Whether the function may be about scores, by the words in it: to follow its values takes many times as long."""
    first = case.matches[0]
    other, around = (_compiled(case.settings, key) for key in ("unless", "around"))
    text = first.source.node_of(first.function).text() if first.function else first.source.text
    if other.search(first.place.symbol) or (first.function and around.search(text)):
        return False
    told = [_compiled(case.settings, key) for key in ("score", "tried") if "tried" in case.settings]
    return not told or any(regex.search(word) for word in set(re.findall(r"\w+", text)) for regex in told)


def _made_up(match: Match, scores: _Scores) -> list[SgNode]:
    """What puts numbers in the place of scores."""
    called, replaced = (match.node.get_match(name) for name in ("CALLED", "REPLACED"))
    found = [put.by for put in _puts(match) if scores.are_at(put.number)]
    if not found and replaced is not None and scores.are_behind(replaced, match.source):
        found = [match.node]
    is_scoring = called is None or (bool(found) and scores.are_behind(called, match.source, "tried"))
    return found if is_scoring else []


def _puts(match: Match) -> Iterator[Put]:
    """Numbers that are put somewhere where something fails."""
    node, outcomes = match.node, Outcomes(match.source)
    failed, tried, replaced = (node.get_match(name) for name in ("FAILED", "TRIED", "REPLACED"))
    if replaced is not None:
        yield Put(node, node)
    elif failed is not None or tried is not None:
        whole = next((n for n in (node, *node.ancestors()) if n.kind() in _STATEMENTS), node)
        yield from outcomes.puts(Outcome(failed, tried, whole))
    else:
        for outcome in outcomes.of_test(node, node.get_match("SOUND") is None):
            yield from outcomes.puts(outcome)


class _Scores:
    """What is a score in a file."""

    def __init__(self, source: Source, case: Case) -> None:
        self.settings, self.places = case.settings, Places(source, case.tree)
        self.ways = Ways(_compiled(case.settings, "through"), re.compile("$^"))
        self.score, self.other = (_compiled(case.settings, key) for key in ("score", "unless"))

    def are_at(self, put: SgNode) -> bool:
        """Whether a value is put where scores belong."""
        if any(self.other.search(place.name) for place in self.places.of(put, 0)):
            return False
        return any(self._is_for_scores(place) for place in self.places.of(put))

    def _is_for_scores(self, place: Place) -> bool:
        if self.other.search(place.name):
            return False
        return bool(self.score.search(place.name)) or any(self.are_behind(v, place.source) for v in place.values)

    def are_behind(self, value: SgNode, source: Source, asked: str = "score") -> bool:
        """Whether a value comes from what is called a score, or from a call that is `tried`."""
        return _comes(value, source, _compiled(self.settings, asked), self.other, self.ways, asked == "tried")


@lru_cache(maxsize=4096)
def _comes(
    value: SgNode, source: Source, asked: re.Pattern[str], other: re.Pattern[str], ways: Ways, is_call: bool
) -> bool:
    """Whether a value comes from a name, or a call, that is asked for."""
    named = _named(source, asked, other, is_call)
    return bool(named) and origins_of(source).leads(value, named, ways)


def _compiled(settings: Mapping[str, Any], key: str) -> re.Pattern[str]:
    """A setting as one regex; an optional one that is not there matches nothing."""
    said = settings.get(key, "$^") if key == "around" else settings[key]
    return re.compile(said if isinstance(said, str) else "|".join(said), re.IGNORECASE)


@lru_cache(maxsize=16)
def _named(source: Source, regex: re.Pattern[str], unless: re.Pattern[str], is_call: bool) -> set[Span]:
    """Where a file has names, or calls of names, that a regex matches."""
    members = ("attribute", "subscript") if source.language.name == "python" else ("field_expression",)
    kinds = source.language.calls if is_call else ("identifier", *members, *source.language.calls)
    return {span(node) for node in of_kinds(source.root, kinds) if _is_named(node, source, regex, unless)}


def _is_named(node: SgNode, source: Source, regex: re.Pattern[str], unless: re.Pattern[str]) -> bool:
    last = (node.named_children() or [node])[-1]
    said = last.text().strip("\"'") if last.kind() in _NAMES else ""
    name = source.language.callee(node)[0] if node.kind() in CALLS else said
    return regex.search(name) is not None and unless.search(name) is None

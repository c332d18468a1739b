"""Whether a finished prompt is cut, so that the end of its template may go.

A match cuts what it is given to a length, or it is a call of a $TOKENIZER that may have been told to. Settings, each
with a matcher for each language in its `from`: the finished prompts themselves, `told` what tells a tokenizer to cut,
`room` a length that leaves the template its place, `end` what stands at the end of a template. Regexes: `through` and
`ends` as the judge `flows` has them, `left` for files that cut at the other end, `shown` for the names of what is for
people to read, `other` for functions and classes that are about something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from harness.audit.judges.registry import Case, Judged, judge
from harness.audit.matching import Match
from harness.audit.nodes import holds, span
from harness.audit.values.following import Ways, origins_of
from harness.audit.values.given import CALLS, arguments

if TYPE_CHECKING:
    from ast_grep_py import SgNode

#: What ends in an error, or only compares.
_NOT_USED = frozenset({"raise_statement", "throw_statement", "interpolation", "comparison_operator"})
#: Fields in which what is around an expression says what it is for: what is called with it, what it is given to.
_NAMING = ("function", "left", "pattern", "declarator", "name", "key", "field")


@judge("truncation", within_file=True)
def truncation(case: Case) -> Iterator[Judged]:
    """Keep the matches by which the end of a template may go."""
    first, settings = case.matches[0], case.settings
    if re.search(settings["left"], first.source.text) or re.search(settings["other"], first.place.symbol):
        return
    kept = tuple(match for match in case.matches if Cut(match, settings).loses_the_end)
    if kept:
        yield Judged(kept)


@dataclass(frozen=True, slots=True)
class Cut:
    """A place that cuts, or may cut, and what is known of cutting."""

    match: Match
    settings: Mapping[str, Any]

    @property
    def loses_the_end(self) -> bool:
        """Whether a finished prompt is cut here, to be used, and nobody puts the end on afterwards."""
        return self._cuts and self._cuts_a_prompt and not self._is_shown and not self._end_follows

    @property
    def _is_shown(self) -> bool:
        """Whether what is cut is for people to read, or is used no further."""
        shown, functions = re.compile(self.settings["shown"]), self.match.source.language.functions
        for above in self.match.node.ancestors():
            if above.kind() in functions:
                return False
            named = next((name for field in _NAMING if (name := above.field(field)) is not None), None)
            if above.kind() in _NOT_USED or (named is not None and shown.search(named.text())):
                return True
        return False

    @property
    def _cuts_a_prompt(self) -> bool:
        node = self.match.node
        values = arguments(node) if self._tokenizer else node.named_children()
        is_prompt = span(node) in origins_of(self.match.source).places(self.settings)
        return is_prompt or self._comes(values, self.settings)

    @property
    def _tokenizer(self) -> SgNode | None:
        return self.match.node.get_match("TOKENIZER")

    @property
    def _cuts(self) -> bool:
        """Whether it cuts at all, and to more than leaves the template its place."""
        node = self.match.node
        told = not self._tokenizer or self._comes([self._tokenizer, *arguments(node)[1:]], self.settings["told"])
        lengths = arguments(node) if node.kind() in CALLS else node.named_children()
        return told and not self._comes(lengths, self.settings["room"])

    @property
    def _end_follows(self) -> bool:
        """Whether the end of the template stands behind it in its function, or a prompt is written around it."""
        at, around, origins = span(self.match.node), self.match.function, origins_of(self.match.source)
        within = (0, len(self.match.source.text)) if around is None else (around.start, around.end)
        if any(at[1] <= end[0] and holds(within, end) for end in origins.places(self.settings["end"])):
            return True
        return any(holds(prompt, at) and prompt != at for prompt in origins.places(self.settings))

    def _comes(self, nodes: Iterable[SgNode], asked: Mapping[str, Any]) -> bool:
        origins, ways = origins_of(self.match.source), Ways.of(self.settings)
        places = origins.places(asked)
        return bool(places) and any(origins.leads(node, places, ways) for node in nodes)

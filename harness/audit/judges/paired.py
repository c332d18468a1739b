"""Whether scores that were sorted are paired by their places with what was not.

Sequences are paired where one thing walks over them: a zip, whose sequences the rule's matcher binds as ONE and OTHER
or as SIDES, or an index I, with which it binds ONE as what is accessed; I alone is bound where the place itself is
given out. Settings, matchers for each language: `sorts` of what brings SORTED in another order, `larger` of elements
that are more than a score, `scores` and `ordered` of what is called so. `unpaired` is a regex of sequences that belong
to no documents, `through` one of further calls that keep the order of what they are given.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from harness.audit.judges.registry import Case, Judged, judge
from harness.audit.nodes import Span, find, span
from harness.audit.values.following import Origins, Ways
from harness.audit.values.given import CALLS, arguments, given, objects

if TYPE_CHECKING:
    from ast_grep_py import SgNode

    from harness.audit.languages import Language
    from harness.audit.matching import Match
    from harness.audit.source import Source

#: Calls that leave every element what it is.
_SAME = Ways(re.compile(r"^(sort\w*|topk|nlargest|sigmoid|softmax|exp|mul|neg|first|slice|copied)$"), re.compile("$^"))


@dataclass(slots=True)
class Pairing:
    """Sequences that are walked over together, and whether the place in them is given out as an index."""

    matches: list[Match] = field(default_factory=list)
    sequences: list[SgNode] = field(default_factory=list)
    is_told: bool = False


@judge("paired", within_file=True)
def paired(case: Case) -> Iterator[Judged]:
    """Keep one match of each pairing of sorted scores with something that is not sorted: the first of a sequence."""
    orders = _orders(case.matches[0].source, case.settings)
    if not orders.sorts:
        return
    wrong = (pairing for pairing in _pairings(case.matches) if _is_wrong(pairing, orders))
    kept = [min(pairing.matches, key=lambda match: not _sides(match)) for pairing in wrong]
    if kept:
        yield Judged(tuple(kept))


def _is_wrong(pairing: Pairing, orders: Orders) -> bool:
    others = [sequence for sequence in pairing.sequences if not orders.is_lost(sequence)]
    is_lost = len(others) < len(pairing.sequences)
    return is_lost and (pairing.is_told or any(orders.is_as_it_was(other) for other in others))


def _orders(source: Source, settings: Mapping[str, Any]) -> Orders:
    known = _known(source)
    if id(settings) not in known:
        known[id(settings)] = Orders(source, settings)
    return known[id(settings)]


@lru_cache(maxsize=4)
def _known(source: Source) -> dict[int, Orders]:
    """What was found of a file, for each rule by its settings."""
    return {}


class Orders:
    """In which order the sequences of a file are."""

    def __init__(self, source: Source, settings: Mapping[str, Any]) -> None:
        self.origins, self.ways = Origins(source), Ways.of(settings)
        self.unpaired = re.compile(settings["unpaired"])
        self.matchers = {key: settings[key][source.language.name] for key in ("scores", "ordered", "larger", "sorts")}
        self.sorts = {span(sort) for sort in find(source.root, self.matchers["sorts"]) if self._is_of_scalars(sort)}

    @cached_property
    def scores(self) -> set[Span]:
        """What is called a score."""
        return set(map(span, find(self.origins.source.root, self.matchers["scores"])))

    @cached_property
    def ordered(self) -> set[Span]:
        """What was sorted, or is called so."""
        return set(map(span, find(self.origins.source.root, self.matchers["ordered"])))

    @cached_property
    def larger(self) -> set[Span]:
        """What holds more than a score, or an index instead of one."""
        return set(map(span, find(self.origins.source.root, self.matchers["larger"])))

    def _is_of_scalars(self, sort: SgNode) -> bool:
        """Whether what is sorted says nothing of what it belongs to."""
        sorted_ = sort.get_match("SORTED")
        return sorted_ is not None and not self.origins.leads(sorted_, self.larger, _SAME)

    def is_lost(self, sequence: SgNode) -> bool:
        """Whether it is scores that were brought in an order of their own."""
        leads = self.origins.leads
        return (
            leads(sequence, self.sorts, self.ways)
            and leads(sequence, self.scores, self.ways)
            and not leads(sequence, self.larger, _SAME)
        )

    def is_as_it_was(self, sequence: SgNode) -> bool:
        """Whether it is something of the documents in the order in which they came."""
        return not self.unpaired.search(sequence.text()) and not self.origins.leads(sequence, self.ordered, self.ways)


def _pairings(matches: Sequence[Match]) -> Iterator[Pairing]:
    by_index: dict[tuple[str, frozenset[Span]], Pairing] = defaultdict(Pairing)
    for match in matches:
        bound, sides = match.node.get_match("I"), _sides(match)
        if bound is None:
            yield Pairing([match], sides)
            continue
        index = _index(bound)
        pairing = by_index[index.text(), frozenset(span(value) for value in given(index))]
        pairing.matches.append(match)
        pairing.sequences += [*sides, *_walked(index, match.source.language)]
        pairing.is_told |= not sides
    yield from by_index.values()


def _index(bound: SgNode) -> SgNode:
    """The variable in `i`, `i++` and `static_cast<size_t>(i)`."""
    while bound.kind() in CALLS and arguments(bound):
        bound = arguments(bound)[0]
    return next((child for child in bound.named_children() if child.kind() == "identifier"), bound)


def _sides(match: Match) -> list[SgNode]:
    named = [one for name in ("ONE", "OTHER") if (one := match.node.get_match(name)) is not None]
    listed = [one for one in match.node.get_multiple_matches("SIDES") if one.is_named()]
    return [*named, *(one for one in listed if one.kind() != "keyword_argument")]


def _walked(index: SgNode, language: Language) -> Iterator[SgNode]:
    """What an index counts: what is enumerated, or what a loop walks over that counts by hand."""
    for value in given(index):
        call: SgNode | None = value
        while call is not None and call.kind() in CALLS:
            if language.callee(call)[0] == "enumerate":
                yield from [*objects(call), *arguments(call)][:1]
                break
            call = next(iter(objects(call)), None)
    counted = re.compile(rf"\b{index.text()}\s*(\+\+|\+= ?1)|\+\+{index.text()}\b")
    for loop in index.ancestors():
        if "for_" in loop.kind() and loop.kind() in language.gives and counted.search(loop.text()):
            walked = loop.field((language.gives[loop.kind()] or ("", ""))[1])
            yield from [walked] if walked is not None else ()
            return

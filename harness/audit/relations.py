"""Conditions of rules that look beyond the function in which something was matched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from harness.audit.calls import Calls
from harness.audit.following import names_behind
from harness.audit.matching import Match
from harness.audit.nodes import of_kinds
from harness.audit.rule import Condition, Rule
from harness.audit.source import Function
from harness.audit.tree import alike, types

if TYPE_CHECKING:
    from ast_grep_py import SgNode

Path = tuple[Function, ...]


def evidence(rule: Rule, match: Match, calls: Calls) -> list[str] | None:
    """How a match meets the conditions of its rule, a line for each function that must be there; None where it does
    not meet them.
    """
    told = []
    for condition in rule.conditions:
        path = _first(condition, match, rule, calls)
        if (path is not None) is not condition.holds:
            return None
        told += [_told(path)] if path is not None else []
    return told


def _first(condition: Condition, match: Match, rule: Rule, calls: Calls) -> Path | None:
    """A path to a function that the condition asks for."""
    concept = rule.concepts[condition.concept]
    return next(
        (
            path
            for path in _paths(condition.relation, match, calls, condition.holds)
            if calls.contains(path[-1], concept)
        ),
        None,
    )


def _paths(relation: str, found: Match, calls: Calls, holds: bool) -> Iterator[Path]:
    """Paths along a relation. What stands outside of any function belongs to all functions of its file."""
    here = _around(found, calls)
    match relation:
        case "reaches":
            # what must be there has to be likely; what must not be there may not even be possible
            yield from calls.paths(here, likely=holds)
        case "made-from":
            follows = _Made(found, calls).follows
            yield from (path for path in calls.paths(here, follows, likely=True) if len(path) > 1)
        case _:
            yield from ((function, caller) for function in here for caller in calls.callers(function))


class _Made:
    """Which calls what was matched is made of: in its own function those whose results it holds, in the others those
    whose results are given back.
    """

    def __init__(self, found: Match, calls: Calls) -> None:
        self.found, self.calls = found, calls
        self._names: dict[Function, set[str]] = {}

    def follows(self, caller: Function, callee: Function) -> bool:
        """Whether a call is one of them. What a worker or a message brings is not called by its name, and is one."""
        within = self.calls.node(caller)
        is_own = caller == self.found.function
        if callee.name not in within.text() or not (is_own or self.found.source.language.returns):
            return True
        if caller not in self._names:
            parts = [self._part(within)] if is_own else of_kinds(within, (self.found.source.language.returns,))
            root = [within, *within.ancestors()][-1]
            self._names[caller] = {alike(name) for name in names_behind(parts, root)}
        called = {alike(callee.name), *map(alike, types(callee.owner))}
        return bool(called & self._names[caller])

    def _part(self, within: SgNode) -> SgNode:
        """What was matched; the whole function where it stands in a closure, whose values come from anywhere in it."""
        around = [node.kind() for node in self.found.node.ancestors() if _lies_in(node, within)]
        return within if set(around) & set(self.found.source.language.closures) else self.found.node


def _lies_in(node: SgNode, within: SgNode) -> bool:
    return bool(
        within.range().start.index <= node.range().start.index and node.range().end.index <= within.range().end.index
    )


def _around(found: Match, calls: Calls) -> Sequence[Function]:
    """The function in which a match stands; a closure that was matched is one itself."""
    if found.node.kind() in found.source.language.closures:
        return [calls.closure(found.source, found.node)]
    return [found.function] if found.function else found.source.functions


def _told(path: Iterable[Function]) -> str:
    return " → ".join(f"{function.symbol} ({function.path})" for function in path)

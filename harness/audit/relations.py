"""Conditions of rules that look beyond the function in which something was matched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

from harness.audit.calls import Calls, Path
from harness.audit.matching import Match
from harness.audit.nodes import holds, span
from harness.audit.rule import Condition, Rule
from harness.audit.source import Function
from harness.audit.tree import alike, types
from harness.audit.values.following import names_behind
from harness.audit.values.given import arguments, objects

if TYPE_CHECKING:
    from ast_grep_py import SgNode


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
    concept, paths = rule.concepts[condition.concept], _paths(condition, match, calls)
    return next((path for path in paths if calls.contains(path.last, concept)), None)


def _paths(condition: Condition, found: Match, calls: Calls) -> Iterator[Path]:
    """Paths along a relation. What stands outside of any function belongs to all functions of its file."""
    here, through = _around(found, calls), re.compile(condition.through)

    @cache
    def is_through(name: str) -> bool:
        return through.search(name) is not None

    def leads(caller: Function, callee: Function) -> bool:
        return is_through(callee.name)

    match condition.relation:
        case "reaches":
            # what must be there has to be likely; what must not be there may not even be possible
            yield from calls.paths(here, leads, likely=condition.holds)
        case "made-from":
            made = _Made(found, calls)
            follows = lambda caller, callee: leads(caller, callee) and made.follows(caller, callee)  # noqa: E731
            yield from (path for path in calls.paths(here, follows, likely=True) if path.before)
        case _:
            callers = (Path(caller, Path(function)) for function in here for caller in calls.callers(function))
            yield from (path for path in callers if leads(*path))


class _Made:
    """Which calls what was matched is made of: in its own function those whose results it takes, in the others those
    whose results are given back; one that gives nothing back, as a worker, hands on what it calls.
    """

    def __init__(self, found: Match, calls: Calls) -> None:
        self.found, self.calls = found, calls

    def follows(self, caller: Function, callee: Function) -> bool:
        """Whether a call is one of them. What a worker or a message brings is not called by its name, and is one."""
        if callee.name not in self.calls.node(caller).text():
            return True
        names = self._names_taken if caller == self.found.function else _returned(self.calls).names(caller)
        called = {alike(callee.name), *map(alike, types(callee.owner))}
        return not names or bool(called & names)

    @cached_property
    def _names_taken(self) -> set[str]:
        within = self.calls.node(self.found.function) if self.found.function else self.found.source.root
        return {alike(name) for name in names_behind(self._taken(within), self.found.source.root)}

    def _taken(self, within: SgNode) -> Sequence[SgNode]:
        """What the match takes, where it is a call; the whole function where it stands in a closure, whose values come
        from anywhere in it.
        """
        around = {node.kind() for node in self.found.node.ancestors() if holds(span(within), span(node))}
        if around & set(self.found.source.language.closures):
            return [within]
        return [*objects(self.found.node), *arguments(self.found.node)] or [self.found.node]


class _Returned:
    """Names that what functions give back is made of, each looked at once."""

    def __init__(self, calls: Calls) -> None:
        self.calls = calls
        self._names: dict[Function, set[str]] = {}

    def names(self, function: Function) -> set[str]:
        """Those of one function, as they are compared; none where it gives nothing back."""
        if function not in self._names:
            source, node = self.calls.tree.source(function.path), self.calls.node(function)
            behind = names_behind(source.language.returned(node), source.root)
            self._names[function] = {alike(name) for name in behind}
        return self._names[function]


@lru_cache(maxsize=1)
def _returned(calls: Calls) -> _Returned:
    return _Returned(calls)


def _around(found: Match, calls: Calls) -> Sequence[Function]:
    """The function in which a match stands; a closure that was matched is one itself."""
    if found.node.kind() in found.source.language.closures:
        return [calls.closure(found.source, found.node)]
    return [found.function] if found.function else found.source.functions


def _told(path: Iterable[Function]) -> str:
    return " → ".join(f"{function.symbol} ({function.path})" for function in path)

"""Where values come from: expressions are taken apart, and names followed back to what they were given.

Calls of names that hand nothing on are ends: nothing is known of what they give back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from harness.audit.nodes import Span, find, span
from harness.audit.source import Source
from harness.audit.values.given import CALLS, ELEMENTS, MEMBERS, arguments, givings, name_of, objects

if TYPE_CHECKING:
    from ast_grep_py import SgNode

#: Calls that hand on what they are given, in the order in which it is given.
_HANDS_ON = re.compile(
    r"^(list|tuple|iter|next|str|string|float|int|round|map|zip|enumerate|rev|reversed|collect|unwrap\w*|expect|ok_or\w*|"
    r"map_err|clone|cloned|copied|copy|as_\w+|to_(vec|string|owned)|tolist|to_list|into\w*|iter_mut|par_iter|from|new|Some|"
    r"Ok|Arc|Box|Cow|move|begin|end|cbegin|cend|data|c_str|values|numpy|cpu|detach|float|double|squeeze|flatten|view|"
    r"reshape|array|asarray|append|extend|push\w*|emplace\w*|insert|item|await|vec|format)$"
)
_ENDS = {"comparison_operator", "lambda_expression", "if_clause", "type_arguments"}


@dataclass(frozen=True, slots=True)
class Ways:
    """Further calls that hand on what they are given, and calls and kinds that do not."""

    through: re.Pattern[str]
    ends: re.Pattern[str]

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Ways:
        """What settings say."""
        return cls(*(re.compile(settings.get(key, "$^")) for key in ("through", "ends")))


class Origins:
    """What the values of a file come from."""

    def __init__(self, source: Source) -> None:
        self.source = source
        # what was asked for is kept, so that nothing else comes to have its identity
        self._found: dict[int, tuple[Mapping[str, Any], set[Span]]] = {}

    def places(self, asked: Mapping[str, Any]) -> set[Span]:
        """Where what is asked for is; names are looked at only where it is."""
        if id(asked) not in self._found:
            matcher, of = asked["from"].get(self.source.language.name), asked.get("of")
            found = [] if matcher is None else find(self.source.root, matcher)
            if found and of:
                wanted, ways = self.places(of), Ways.of(of)
                followed = ((node, node.get_match(of["value"])) for node in found)
                found = [node for node, value in followed if value is None or self.leads(value, wanted, ways)]
            self._found[id(asked)] = asked, {span(node) for node in found}
        return self._found[id(asked)][1]

    def leads(self, node: SgNode, places: set[Span], ways: Ways) -> bool:
        """Whether a value comes from one of some places."""
        behind = walk_back([node], self.source.root, lambda here: self._parts(here, ways))
        return any(span(here) in places for here in behind)

    def _parts(self, node: SgNode, ways: Ways) -> Iterable[SgNode]:
        """What an expression is made of."""
        kind = node.kind()
        if kind in _ENDS or ways.ends.search(kind):
            return ()
        if kind in CALLS or kind == "macro_invocation":
            macro = node.field("macro")
            called = macro.text() if macro is not None else self.source.language.callee(node)[0]
            handed_on = _HANDS_ON.search(called) or ways.through.search(called)
            if called and (not handed_on or ways.ends.search(f"{called}()")):
                return ()
            return (*objects(node), *arguments(node)) if kind in CALLS else node.named_children()[1:]
        if kind in MEMBERS | ELEMENTS:
            return node.named_children()[:1]
        if kind == "keyword_argument":
            return node.named_children()[1:]
        if kind == "conditional_expression" and self.source.language.name == "python":
            return node.named_children()[::2]
        condition = node.field("condition")
        return [child for child in node.named_children() if condition is None or span(child) != span(condition)]


@lru_cache(maxsize=64)
def origins_of(source: Source) -> Origins:
    """What the values of a file come from, with what was found there."""
    return Origins(source)


def walk_back(nodes: Iterable[SgNode], root: SgNode, parts: Callable[[SgNode], Iterable[SgNode]]) -> Iterator[SgNode]:
    """Everything that some values come from, themselves first: names lead to what they are given, all else to its
    parts.
    """
    waiting, seen, names = list(nodes), set[tuple[Span, str]](), givings(root)
    while waiting:
        here = waiting.pop()
        key = span(here), here.kind()
        if key in seen:
            continue
        seen.add(key)
        yield here
        values = list(names.given_to(here)) if name_of(here) else []
        waiting.extend(values or parts(here))


def names_behind(nodes: Iterable[SgNode], root: SgNode) -> set[str]:
    """Names of variables, members and functions that some expressions are made of, through whatever calls."""
    behind = walk_back(nodes, root, lambda here: here.named_children())
    return {re.split(r"\W+", here.text())[-1] for here in behind if name_of(here) or not here.named_children()}

"""What a rule matches in a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from harness.audit.nodes import find
from harness.audit.source import Function, Source
from harness.core.audit import Place

if TYPE_CHECKING:
    from ast_grep_py import SgNode


@dataclass(frozen=True, slots=True)
class Match:
    """A node that a rule matched, with its file, its place and the function around it."""

    source: Source
    node: SgNode
    place: Place
    function: Function | None

    def text(self, variable: str = "") -> str:
        """What a variable of the pattern stands for, empty where it was not used; the whole match without a name."""
        if not variable:
            return self.node.text()
        one = self.node.get_match(variable)
        if one is not None:
            return one.text()
        return "".join(node.text() for node in self.node.get_multiple_matches(variable))


def matches(matcher: Mapping[str, Any], source: Source) -> list[Match]:
    """Everything that a matcher finds in a file, in the order of places; nothing within what does not parse."""
    return [
        Match(source, node, source.place(node), source.function_at(node))
        for node in find(source.root, matcher)
        if not source.is_broken(node)
    ]

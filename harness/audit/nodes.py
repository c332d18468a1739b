"""Searches of a syntax tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from ast_grep_py import Config, SgNode


#: Where something begins and ends, in characters.
Span = tuple[int, int]


def span(node: SgNode) -> Span:
    """Where a node stands."""
    at = node.range()
    return at.start.index, at.end.index


def holds(outer: Span, inner: Span) -> bool:
    """Whether a place lies within another one, or is the same."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def find(node: SgNode, matcher: Mapping[str, Any]) -> list[SgNode]:
    """Everything below a node, itself included, that a matcher matches, in the order of places."""
    return list(node.find_all(cast("Config", dict(matcher))))


def of_kinds(node: SgNode, kinds: Iterable[str]) -> list[SgNode]:
    """Everything below a node, itself included, that is of one of some kinds."""
    return find(node, {"rule": {"any": [{"kind": kind} for kind in kinds]}})

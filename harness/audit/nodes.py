"""Searches of a syntax tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from ast_grep_py import Config, SgNode


def find(node: SgNode, matcher: Mapping[str, Any]) -> list[SgNode]:
    """Everything below a node, itself included, that a matcher matches, in the order of places."""
    return list(node.find_all(cast("Config", dict(matcher))))


def of_kinds(node: SgNode, kinds: Iterable[str]) -> list[SgNode]:
    """Everything below a node, itself included, that is of one of some kinds."""
    return find(node, {"rule": {"any": [{"kind": kind} for kind in kinds]}})

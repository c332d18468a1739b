"""What an expression is made of: names that it holds, and those that these were given from in the same function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.audit.languages import Language
from harness.audit.nodes import of_kinds

if TYPE_CHECKING:
    from ast_grep_py import SgNode


def names_behind(node: SgNode, within: SgNode, language: Language) -> set[str]:
    """Names of variables, fields and functions that `node` is made of; `within` is where names are given values."""
    return _closed(_names(node, language), within, language)


def names_returned(function: SgNode, language: Language) -> set[str]:
    """Names that what a function gives back is made of."""
    returned = of_kinds(function, (language.returns,))
    found = {name for node in returned for name in _names(node, language)}
    return _closed(found, function, language)


def _closed(names: set[str], within: SgNode, language: Language) -> set[str]:
    given = [
        (_names(left, language), _names(right, language))
        for giving in of_kinds(within, language.gives)
        for left, right in [_sides(giving, language)]
        if left is not None and right is not None
    ]
    found = set(names)
    while new := {name for left, right in given if left & found for name in right} - found:
        found |= new
    return found


def _sides(giving: SgNode, language: Language) -> tuple[SgNode | None, SgNode | None]:
    left, right = language.gives[giving.kind()]
    return giving.field(left), giving.field(right)


def _names(node: SgNode, language: Language) -> set[str]:
    return {found.text() for found in of_kinds(node, language.names)}

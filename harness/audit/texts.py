"""Texts as a program puts them together: literals, joined ones, and the values that are put into them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from harness.audit.languages import Literal, Piece, Slot
from harness.audit.nodes import of_kinds
from harness.audit.source import Source

if TYPE_CHECKING:
    from ast_grep_py import SgNode

#: Expressions that join texts: Python's and C++'s `+`, streams' `<<`, Rust's `concat!`, and adjacent literals.
_JOINS = ("binary_operator", "binary_expression", "parenthesized_expression", "concatenated_string")
#: Places for values in a text that is formatted: `{}`, `{query}`, `{0:>4}`, `{{ query }}`, `%s`, `%(query)s`, `$query`.
_PLACE = re.compile(r"\{\{\s*([\w.\[\]\"']+)[^}]*\}\}|\{([\w.]*)(?:[:!][^{}]*)?\}|%(?:\((\w+)\))?[sd]|\$\{?(\w+)\}?")
#: Deepest chain of constants that name other constants.
DEEPEST = 4


def outermost(node: SgNode) -> SgNode:
    """The largest expression of joined texts around a literal."""
    here = node
    for around in node.ancestors():
        if around.kind() in _JOINS and (around.kind() not in _JOINS[:2] or _operator(around) in ("+", "<<")):
            here = around
        elif _is_concat(around) or (around.kind() == "token_tree" and _is_concat(around.parent())):
            here = around if around.kind() == "macro_invocation" else here
        else:
            break
    return here


def composed(node: SgNode, source: Source) -> Literal:
    """What an expression of texts says; what is no literal in it is a slot, unless it names a text of the file."""
    values = iter(_values(node, source))
    pieces: list[Piece] = []
    for piece in _pieces(node, source, 0):
        pieces += _split(piece, values) if isinstance(piece, str) else [piece]
    return Literal(tuple(pieces))


def resolved(literal: Literal, source: Source) -> Literal:
    """The text with every slot that names a constant of the file replaced by what that says."""
    pieces: list[Piece] = []
    for piece in literal.pieces:
        named = _constant(piece.name, source, 0) if isinstance(piece, Slot) else None
        pieces += [piece] if named is None else named
    return Literal(tuple(pieces))


def _pieces(node: SgNode, source: Source, depth: int) -> list[Piece]:
    kind = node.kind()
    if kind in source.language.texts or _is_concat(node):
        return list(source.literal(node).pieces)
    if kind in _JOINS:
        parts = [part for part in node.named_children() if part.kind() not in source.language.comments]
        return [piece for part in parts for piece in _pieces(part, source, depth)]
    named = _constant(node.text(), source, depth)
    return [Slot(node.text())] if named is None else named


def _constant(name: str, source: Source, depth: int) -> list[Piece] | None:
    """The text that a name of the file stands for, where it is given one only once."""
    last = name.rpartition(".")[2].rpartition("::")[2].strip()
    if not re.fullmatch(r"[A-Za-z_]\w{2,}", last) or depth >= DEEPEST:
        return None
    given = [value for value in _given(last, source) if _is_text(value, source)]
    return _pieces(given[0], source, depth + 1) if len(given) == 1 else None


def _given(name: str, source: Source) -> list[SgNode]:
    bound = source.language.bound
    found = of_kinds(source.root, bound)
    named = [node for node in found if (target := node.field(bound[node.kind()])) and _bare(target.text()) == name]
    return [value for node in named if (value := node.field("right") or node.field("value"))]


def _bare(name: str) -> str:
    return name.rpartition(".")[2].strip("\"'*&[] ")


def _is_text(value: SgNode, source: Source) -> bool:
    return value.kind() in source.language.texts or value.kind() in _JOINS or _is_concat(value)


def _is_concat(node: SgNode | None) -> bool:
    return node is not None and node.kind() == "macro_invocation" and node.text().startswith("concat!")


def _operator(node: SgNode) -> str:
    operator = node.field("operator")
    return "" if operator is None else operator.text()


def _values(node: SgNode, source: Source) -> list[str]:
    """Expressions whose values are put into a text, in their order, where it is formatted on the spot."""
    parent = node.parent()
    if parent is None:
        return []
    if parent.kind() == "attribute" and (call := parent.parent()) is not None and call.kind() == "call":
        arguments = call.field("arguments")  # "…".format(a, b)
        return [argument.text() for argument in arguments.named_children()] if arguments else []
    if parent.kind() == "binary_operator" and _operator(parent) == "%":
        right = parent.field("right")
        return [] if right is None else [part.text() for part in right.named_children() or [right]]
    if parent.kind() in ("token_tree", "argument_list"):  # format!("…", a, b), std::format("…", a, b), snprintf
        behind = parent.text()[node.range().end.index - parent.range().start.index :].rstrip(" )\n]}")
        return [value.partition("=")[2] or value for value in _arguments(behind)]
    return []


def _arguments(text: str) -> list[str]:
    """Arguments behind the first one, split at commas outside of brackets."""
    found, depth = [""], 0
    for character in text:
        depth += (character in "([{") - (character in ")]}")
        if character == "," and not depth:
            found.append("")
        else:
            found[-1] += character
    return [argument.strip() for argument in found[1:]]


def _split(text: str, values: object) -> list[Piece]:
    """A text at its places for values; a place without a name takes the next of `values`."""
    pieces: list[Piece] = []
    last = 0
    for place in _PLACE.finditer(text):
        name = next((group for group in place.groups() if group), "")
        if not name or name.isdigit():
            name = next(values, "")  # type: ignore[call-overload]  # an iterator of str
        pieces += [text[last : place.start()], Slot(name)]
        last = place.end()
    return [piece for piece in [*pieces, text[last:]] if piece != ""]

"""Texts as a program puts them together: literals, joined ones, and the values that are put into them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from harness.audit.languages import Literal, Piece, Slot
from harness.audit.nodes import of_kinds
from harness.audit.source import Source

if TYPE_CHECKING:
    from ast_grep_py import SgNode

#: Expressions that join texts: Python's and C++'s `+`, streams' `<<`, Rust's `concat!`, and adjacent literals.
_JOINS = ("binary_operator", "binary_expression", "parenthesized_expression", "concatenated_string")
#: Places for values in a text that is formatted: `{}`, `{query}`, `{0:>4}`, `{{ query }}`, `%s`, `%(query)s`, `$query`.
_PLACE = re.compile(
    r"\{\{\s{0,9}([\w.\[\]\"']{1,99})[^{}]{0,199}\}\}|\{([\w.]*)(?:[:!][^{}]*)?\}|%(?:\((\w+)\))?[sd]|\$\{?(\w+)\}?"
)
#: Deepest chain of constants that name other constants.
DEEPEST = 4
#: Characters of constants that are put into the texts of one file: many times what people write.
MOST = 2**20
#: Characters behind a text in which the values for it are looked for.
_BEHIND = 1_000


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


def is_streamed(node: SgNode) -> bool:
    """Whether texts are written to a stream of C++."""
    return node.kind() == "binary_expression" and _operator(node) == "<<"


def composed(node: SgNode, source: Source) -> Literal:
    """What an expression of texts says; what is no literal in it is a slot, unless it names a text of the file."""
    values = _values(node, source)
    pieces: list[Piece] = []
    for piece in _pieces(node, source, 0):
        pieces += _split(piece, values) if isinstance(piece, str) else [piece]
    return Literal(tuple(pieces))


def resolved(literal: Literal, source: Source) -> Literal:
    """The text with every slot that names a constant of the file replaced by what that says."""
    return Literal(tuple(_filled(literal, source, 0)))


class Constants:
    """Names of a file that stand for texts. Each text is put together once, and in all no more than `MOST` characters
    are handed out: a few constants of a few that name each other say more than any memory holds.
    """

    def __init__(self, source: Source) -> None:
        self.source, self.left = source, MOST
        self._known: dict[tuple[str, int], tuple[list[Piece], int] | None] = {}

    def text(self, name: str, depth: int) -> list[Piece] | None:
        """What a name of the file stands for, where it is given one text only."""
        last = name.rpartition(".")[2].rpartition("::")[2].strip()
        if not re.fullmatch(r"[A-Za-z_]\w{2,}", last) or depth >= DEEPEST:
            return None
        if (last, depth) not in self._known:
            self._known[last, depth] = self._put_together(last, depth)
        found = self._known[last, depth]
        if found is None or found[1] > self.left:
            return None
        self.left -= found[1]
        return found[0]

    def _put_together(self, name: str, depth: int) -> tuple[list[Piece], int] | None:
        """The text of a constant and its length; what is said one after the other as one piece."""
        given = [value for node in self._given.get(name, ()) if (value := _text(node, self.source)) is not None]
        if len(given) != 1:
            return None
        pieces: list[Piece] = []
        for is_slot, group in groupby(_pieces(given[0], self.source, depth + 1), lambda piece: isinstance(piece, Slot)):
            said = list(group)
            pieces += said if is_slot else ["".join(map(str, said))]
        return pieces, sum(1 + len(piece if isinstance(piece, str) else piece.name) for piece in pieces)

    @cached_property
    def _given(self) -> dict[str, list[SgNode]]:
        """The values that each name of the file is given."""
        bound = self.source.language.bound
        found: dict[str, list[SgNode]] = {}
        for node in of_kinds(self.source.root, bound):
            target, value = node.field(bound[node.kind()]), node.field("right") or node.field("value")
            if target is not None and value is not None:
                found.setdefault(_bare(target.text()), []).append(value)
        return found


@lru_cache(maxsize=4)
def _constants(source: Source) -> Constants:
    return Constants(source)


def _pieces(node: SgNode, source: Source, depth: int) -> list[Piece]:
    pieces: list[Piece] = []
    for part in _joined(node, source):
        if part.kind() in source.language.unread and (text := _text(part, source)) is not None:
            pieces += _pieces(text, source, depth)
        else:
            literal = source.literal(part) if _is_literal(part, source) else Literal((Slot(part.text()),))
            pieces += _filled(literal, source, depth)
    return pieces


def _joined(node: SgNode, source: Source) -> Iterator[SgNode]:
    """The parts of an expression of texts in their order; not by recursion, for it may have hundreds of them."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        if here.kind() not in _JOINS or _is_literal(here, source):
            yield here
        else:
            waiting += [part for part in here.named_children() if part.kind() not in source.language.comments][::-1]


def _is_literal(node: SgNode, source: Source) -> bool:
    return node.kind() in source.language.texts or _is_concat(node)


def _filled(literal: Literal, source: Source, depth: int) -> list[Piece]:
    pieces: list[Piece] = []
    for piece in literal.pieces:
        named = _constants(source).text(piece.name, depth) if isinstance(piece, Slot) else None
        pieces += [piece] if named is None else named
    return pieces


def _bare(name: str) -> str:
    return name.rpartition(".")[2].strip("\"'*&[] ")


def _text(value: SgNode, source: Source) -> SgNode | None:
    """The expression of texts that a value is; None where it is something else."""
    for frame in source.language.unread.get(value.kind(), ()):
        read = Source(replace(source.given, text=frame.replace("{}", value.text())))
        if not read.is_too_deep and not read.broken:
            found = of_kinds(read.root, source.language.bound)[0].field("value")
            return None if found is None else _text(found, source)
    return value if value.kind() in _JOINS or _is_literal(value, source) else None


def _is_concat(node: SgNode | None) -> bool:
    if node is None or node.kind() != "macro_invocation":
        return False
    macro = node.field("macro")
    return macro is not None and macro.text() == "concat"


def _operator(node: SgNode) -> str:
    operator = node.field("operator")
    return "" if operator is None else operator.text()


def _values(node: SgNode, source: Source) -> Iterator[str]:
    """Expressions whose values are put into a text, in their order, where it is formatted on the spot."""
    parent = node.parent()
    if parent is None:
        return
    if parent.kind() == "attribute" and (call := parent.parent()) is not None and call.kind() == "call":
        arguments = call.field("arguments")  # "…".format(a, b)
        yield from (argument.text() for argument in arguments.named_children()) if arguments else ()
    elif parent.kind() == "binary_operator" and _operator(parent) == "%":
        right = parent.field("right")
        yield from () if right is None else (part.text() for part in right.named_children() or [right])
    elif parent.kind() in ("token_tree", "argument_list"):  # format!("…", a, b), std::format("…", a, b), snprintf
        start, end = node.range().end.index, parent.range().end.index - 1
        for value in _arguments(source.text[start : min(end, start + _BEHIND)]):
            yield value.partition("=")[2] or value


def _arguments(text: str) -> Iterator[str]:
    """Arguments behind the first one, split at commas outside of brackets."""
    depth, last = 0, -1
    for at, character in enumerate(text):
        depth += (character in "([{") - (character in ")]}")
        if character == "," and not depth:
            if last >= 0:
                yield text[last:at].strip()
            last = at + 1
    if last >= 0:
        yield text[last:].strip()


def _split(text: str, values: Iterator[str]) -> list[Piece]:
    """A text at its places for values; a place without a name takes the next of `values`."""
    pieces: list[Piece] = []
    last = 0
    for place in _PLACE.finditer(text):
        name = next((group for group in place.groups() if group), "")
        if not name or name.isdigit():
            name = next(values, "")
        pieces += [text[last : place.start()], Slot(name)]
        last = place.end()
    return [piece for piece in [*pieces, text[last:]] if piece != ""]

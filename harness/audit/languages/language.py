"""What the audit has to know of a language beyond its grammar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.audit.nodes import of_kinds

if TYPE_CHECKING:
    from ast_grep_py import SgNode


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a text where a value is put in; `name` is the expression, empty where it is not written there."""

    name: str = ""


Piece = str | Slot


@dataclass(frozen=True, slots=True)
class Literal:
    """A text as the program sees it: escapes resolved, places for values as slots."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The text with every slot as `{name}`."""
        return "".join(piece if isinstance(piece, str) else f"{{{piece.name}}}" for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Language:
    """A language by the kinds of its syntax tree (tree-sitter's grammar). `text` reads a node of `texts`."""

    name: str
    suffixes: tuple[str, ...]
    root: str
    """The node of a whole file."""
    functions: tuple[str, ...]
    owners: tuple[str, ...]
    """Nodes whose name qualifies what stands within: classes, implementations, modules."""
    types: tuple[str, ...]
    """Further types, which own no functions by themselves."""
    names: tuple[str, ...]
    """Words that name something."""
    calls: tuple[str, ...]
    texts: tuple[str, ...]
    unread: dict[str, tuple[str, ...]]
    """Expressions that the grammar leaves as text, and programs around `{}` in one of which it reads them."""
    comments: tuple[str, ...]
    separator: str
    name_of: Callable[[SgNode], str]
    """The name of a function or an owner; empty where it has none."""
    callee: Callable[[SgNode], tuple[str, str]]
    """Of a call: what is called, and on what (`self`, a type, a variable), empty for a free function."""
    text: Callable[[SgNode], Literal]
    bound: dict[str, str]
    """Declarations that give a value a name, and the field that holds the name."""
    gives: dict[str, tuple[str, str] | None]
    """What hands a value on under a name, assignments and loops: the fields of the name and of the value; None where
    these have no names: the name comes first, and the value is the first of what stands in brackets behind it.
    """
    arms: dict[str, tuple[str, str]]
    """Arms of what distinguishes cases by patterns: the kind of the whole, and its field of what is distinguished."""
    returned: Callable[[SgNode], list[SgNode]]
    """Of a function, with a name or without: what it gives back, as it stands there; nothing where it gives nothing
    back.
    """
    closures: tuple[str, ...]
    """Functions without a name."""
    declared: str
    """A regular expression for what says of which type something is, with groups `name` and `type` (numbered on where
    there are several ways to say it).
    """
    bases: Callable[[SgNode], tuple[str, ...]]
    """Of an owner: the types that it derives from."""
    own_names: tuple[str, ...]
    """How a function speaks of the object that it belongs to."""


def return_statements(function: SgNode) -> list[SgNode]:
    """What a function gives back in a language where it has to say so; a `lambda` gives back what it is."""
    body = function.field("body")
    if function.kind() == "lambda" and body is not None:
        return [body]
    return [n for n in of_kinds(function, ("return_statement",)) if n.named_children()]


def child_text(node: SgNode, field: str) -> str:
    """The text of a field; empty where there is none."""
    found = node.field(field)
    return "" if found is None else found.text()

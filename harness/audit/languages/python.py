"""Python, as tree-sitter-python sees it."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from harness.audit.languages.language import Language, Literal, Piece, Slot, child_text, return_statements

if TYPE_CHECKING:
    from ast_grep_py import SgNode

_PREFIX = re.compile(r"^([A-Za-z]*)('''|\"\"\"|'|\")")


def _callee(call: SgNode) -> tuple[str, str]:
    called = call.field("function")
    if called is None:
        return "", ""
    if called.kind() == "attribute":
        return child_text(called, "attribute"), child_text(called, "object")
    return (called.text(), "") if called.kind() == "identifier" else ("", "")


def _superclasses(node: SgNode) -> list[SgNode]:
    listed = node.field("superclasses")
    return [] if listed is None else [part for part in listed.named_children() if part.kind() != "keyword_argument"]


def _text(node: SgNode) -> Literal:
    if node.kind() == "concatenated_string":
        return Literal(tuple(piece for part in node.named_children() for piece in _pieces(part)))
    return Literal(_pieces(node))


def _pieces(node: SgNode) -> tuple[Piece, ...]:
    """The pieces of one string literal; none for what is no string, such as a comment between two."""
    start = _PREFIX.match(node.text())
    if start is None or node.kind() != "string":
        return ()
    raw = "r" in start[1].lower()
    pieces: list[Piece] = []
    for child in node.named_children():
        if child.kind() == "interpolation":
            pieces.append(Slot(child_text(child, "expression") or child.text().strip("{}")))
        elif child.kind() == "string_content":
            text = child.text() if raw else _unescaped(child.text())
            pieces.append(text.replace("{{", "{").replace("}}", "}") if "f" in start[1].lower() else text)
    return tuple(pieces)


def _unescaped(text: str) -> str:
    """The text of a literal with its escapes resolved, or as it is where Python would not take it."""
    if "\\" not in text:
        return text
    # a quotation mark within the text, of whichever kind, must not end the literal that is read here
    quoted = re.sub(r'\\(.)|"', lambda found: found[0] if found[0] != '"' else '\\"', text, flags=re.S)
    try:
        return str(ast.literal_eval(f'"""{quoted}"""'))
    except (SyntaxError, ValueError):
        return text


PYTHON = Language(
    name="python",
    suffixes=(".py",),
    root="module",
    functions=("function_definition",),
    owners=("class_definition",),
    types=(),
    names=("identifier",),
    calls=("call",),
    texts=("string", "concatenated_string"),
    unread={},
    comments=("comment",),
    separator=".",
    name_of=lambda node: child_text(node, "name"),
    callee=_callee,
    text=_text,
    bound={"assignment": "left", "keyword_argument": "name", "pair": "key"},
    gives={
        "assignment": ("left", "right"), "augmented_assignment": ("left", "right"),
        "named_expression": ("name", "value"), "for_statement": ("left", "right"), "for_in_clause": ("left", "right"),
    },
    arms={"case_clause": ("match_statement", "subject")},
    returned=return_statements,
    closures=("lambda",),
    declared=r"\b(?P<name>\w+)\s*(?::\s*(?P<type>[^=,)\n]+)|=\s*(?P<type1>(?:\w+\.)*_?[A-Z]\w*)\()",
    bases=lambda node: tuple(part.text().partition("[")[0].rpartition(".")[2] for part in _superclasses(node)),
    own_names=("self", "cls", "super()"),
)  # fmt: skip

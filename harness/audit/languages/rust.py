"""Rust, as tree-sitter-rust sees it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from harness.audit.languages.language import Language, Literal, child_text
from harness.audit.nodes import of_kinds

if TYPE_CHECKING:
    from ast_grep_py import SgNode

_RAW = re.compile(r'^b?r(#*)"(.*)"\1$', re.S)
_ESCAPE = re.compile(r"\\(?:\n\s*|u\{([0-9A-Fa-f_]+)\}|x([0-9A-Fa-f]{2})|(.))", re.S)
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}


def _name(node: SgNode) -> str:
    if node.kind() != "impl_item":
        return child_text(node, "name")
    implemented, of = child_text(node, "type").partition("<")[0], child_text(node, "trait").partition("<")[0]
    return f"<{implemented} as {of}>" if of else implemented


def _callee(call: SgNode) -> tuple[str, str]:
    called = call.field("function")
    if called is not None and called.kind() == "generic_function":
        called = called.field("function")
    if called is None:
        return "", ""
    match called.kind():
        case "field_expression":
            return child_text(called, "field"), child_text(called, "value")
        case "scoped_identifier":
            return child_text(called, "name"), _without_parameters(child_text(called, "path")).rpartition("::")[2]
        case "identifier":
            return called.text(), ""
        case _:
            return "", ""


def _without_parameters(path: str) -> str:
    """A path without what its types take: `A::<T>` is A."""
    return re.sub(r"(::)?<.*>", "", path)


def _returned(function: SgNode) -> list[SgNode]:
    """What stands behind `return`, and the last expression of the body."""
    body = function.field("body")
    if body is None or (function.field("return_type") is None and function.kind() == "function_item"):
        return []
    return [
        *of_kinds(body, ("return_expression",)),
        *(body.named_children()[-1:] if body.kind() == "block" else [body]),
    ]


def _text(node: SgNode) -> Literal:
    if node.kind() == "macro_invocation":
        return Literal(tuple(_plain(part) for part in of_kinds(node, ("string_literal", "raw_string_literal"))))
    return Literal((_plain(node),))


def _plain(node: SgNode) -> str:
    raw = _RAW.match(node.text())
    return raw[2] if raw else _ESCAPE.sub(_unescaped, node.text().partition('"')[2][:-1])


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    if code:
        number = int(code.replace("_", ""), 16)
        return chr(number) if number < 0x110000 else found[0]
    return "" if found[3] is None else _SIMPLE.get(found[3], found[3])


RUST = Language(
    name="rust",
    suffixes=(".rs",),
    root="source_file",
    functions=("function_item",),
    owners=("impl_item", "mod_item", "trait_item"),
    types=("struct_item", "enum_item", "type_item"),
    names=("identifier", "type_identifier", "field_identifier"),
    calls=("call_expression",),
    texts=("string_literal", "raw_string_literal"),
    unread={},
    comments=("line_comment", "block_comment"),
    separator="::",
    name_of=_name,
    callee=_callee,
    text=_text,
    bound={
        "let_declaration": "pattern", "const_item": "name", "static_item": "name", "field_initializer": "field",
    },
    gives={
        "let_declaration": ("pattern", "value"), "let_condition": ("pattern", "value"),
        "assignment_expression": ("left", "right"), "compound_assignment_expr": ("left", "right"),
        "for_expression": ("pattern", "value"), "const_item": ("name", "value"), "static_item": ("name", "value"),
    },
    arms={"match_arm": ("match_expression", "value")},
    returned=_returned,
    closures=("closure_expression",),
    declared=r"\b(?P<name>\w+)\s*(?::\s*(?P<type>[^,;)=}:]+)|=\s*(?P<type1>[A-Z]\w*)(?:::|\s*\{))",
    bases=lambda node: (),
    own_names=("self", "Self"),
)  # fmt: skip

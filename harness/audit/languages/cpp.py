"""C++, as tree-sitter-cpp sees it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from harness.audit.languages.language import Language, Literal, Piece, Slot, child_text, return_statements

if TYPE_CHECKING:
    from ast_grep_py import SgNode

_RAW = re.compile(r'^(?:u8|[uUL])?R"([^(]*)\((.*)\)\1"$', re.S)
_ESCAPE = re.compile(r"\\(?:\r?\n|x([0-9A-Fa-f]+)|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([0-7]{1,3})|(.))", re.S)
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}


def _name(node: SgNode) -> str:
    if node.kind() != "function_definition":
        return child_text(node, "name")
    declared = node.field("declarator")
    while declared is not None and declared.kind() != "function_declarator":
        declared = declared.field("declarator") or next(iter(declared.named_children()), None)
    return "" if declared is None else child_text(declared, "declarator")


def _callee(call: SgNode) -> tuple[str, str]:
    called = call.field("function")
    if called is not None and called.kind() == "template_function":
        called = called.field("name")
    if called is None:
        return "", ""
    match called.kind():
        case "field_expression":
            return child_text(called, "field").partition("<")[0], child_text(called, "argument")
        case "qualified_identifier":
            scope, _, name = called.text().rpartition("::")
            return name.partition("<")[0], scope.partition("<")[0].rpartition("::")[2]
        case "identifier":
            return called.text(), ""
        case _:
            return "", ""


def _bases(node: SgNode) -> tuple[str, ...]:
    clause = node.find(kind="base_class_clause")
    if clause is None or clause.parent() != node:
        return ()
    named = [part for part in clause.named_children() if part.kind() != "access_specifier"]
    return tuple(part.text().rpartition("::")[2].partition("<")[0] for part in named)


def _text(node: SgNode) -> Literal:
    parts = node.named_children() if node.kind() == "concatenated_string" else [node]
    return Literal(tuple(_piece(part) for part in parts if part.kind() != "comment"))


def _piece(part: SgNode) -> Piece:
    """One literal; between literals a macro may stand, too."""
    return Slot(part.text()) if part.kind() in ("identifier", "ERROR") else _plain(part.text())


def _plain(written: str) -> str:
    if raw := _RAW.match(written):
        return raw[2]
    quote = written[-1]
    return _of_bytes(_ESCAPE.sub(_unescaped, written.partition(quote)[2].removesuffix(quote)))


def _of_bytes(text: str) -> str:
    """A text whose characters are bytes of UTF-8, written as escapes, as what these stand for."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2] or found[3]
    if code or found[4]:
        number = int(code, 16) if code else int(found[4], 8)
        return chr(number) if number < 0x110000 else found[0]
    return "" if found[5] is None else _SIMPLE.get(found[5], found[5])


CPP = Language(
    name="cpp",
    suffixes=(".cpp", ".cc", ".cxx", ".h", ".hpp", ".hh", ".hxx", ".cu", ".cuh", ".inl"),
    root="translation_unit",
    functions=("function_definition",),
    owners=("class_specifier", "struct_specifier", "namespace_definition"),
    types=("enum_specifier", "alias_declaration"),
    names=("identifier", "type_identifier", "field_identifier", "namespace_identifier"),
    calls=("call_expression",),
    texts=("string_literal", "raw_string_literal", "concatenated_string", "char_literal"),
    # the second is for macros between literals, which the grammar knows behind two of them only
    unread={"preproc_arg": ("auto x = {}\n;", 'auto x = "" "" {}\n;')},
    comments=("comment",),
    separator="::",
    name_of=_name,
    callee=_callee,
    text=_text,
    bound={
        "init_declarator": "declarator", "field_declaration": "declarator", "preproc_def": "name",
        "assignment_expression": "left",
    },
    gives={
        "init_declarator": ("declarator", "value"), "assignment_expression": ("left", "right"),
        "for_range_loop": ("declarator", "right"), "field_declaration": ("declarator", "default_value"),
        "field_initializer": None,
    },
    arms={},
    returned=return_statements,
    closures=("lambda_expression",),
    declared=r"\b(?!(?:const|return|auto|struct|class|else|new|typename|static|constexpr|inline|public)\b)(?P<type>[A-Za-z_][\w:<>]{0,150})[\s&*]+(?P<name>\w+)\b",
    bases=_bases,
    own_names=("this", "(*this)"),
)  # fmt: skip

"""Where a value comes from, by names: variables are followed to where the function, or the file, gives them a value.

No judge of its own; judges ask it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from harness.audit.given import given

if TYPE_CHECKING:
    from ast_grep_py import SgNode

#: Steps from a variable to what it was given, and on from there.
STEPS = 4
#: Methods and functions that give the text, or the wrapped value, that they were given in another form.
_SAME = re.compile(
    r"(?i)(lower|upper|fold|norm|strip|trim|split|replace|prefix|suffix|base_?name|file_?name|stem|last|next|nth|rev$|"
    r"substr|slice|^(str|string|path|purepath|from|new|into|as_\w+|to_\w+|c_str|data|view|string_view|wstring|display|"
    r"clone|cloned|copied|unwrap\w*|expect|ok|ok_or\w*|some|map|and_then|is_some_and|is_ok_and|map_or\w*|filter|"
    r"iter|chars|join|format|get|value|value_or|get_value_or|generic_string|u8string|slug\w*|clean\w*|sanitize\w*|"
    r"first|lines|items|keys|values|enumerate|parts|borrow|deref|ref|cow|owned|box|arc|rc|move|forward|c?begin|collect)$)"
)
#: Functions that look up what a text names.
_LOOKS_UP = re.compile(r"(?i)^(get\w*|value\w*|pop|at|find|field|env|var|var_os|setdefault)$")
#: Values that are no text, but hold some.
_COLLECTIONS = (
    "list", "dictionary", "set", "tuple", "list_comprehension", "set_comprehension", "dictionary_comprehension",
    "array_expression", "initializer_list", "struct_expression", "tuple_expression",
)  # fmt: skip
#: Functions that give the last part of a path.
_FILE = re.compile(r"(?i)^(.*base_?name|(pure)?path|file_?(name|stem)|stem)$")
_PARTS = frozenset(("name", "stem", "parts", "value"))
_CALLS = ("call", "call_expression")
_MEMBERS = {"attribute": ("object", "attribute"), "field_expression": ("value", "field")}
_SUBSCRIPTS = ("subscript", "index_expression", "subscript_expression")
#: Literals of texts.
TEXTS = ("string", "string_literal", "raw_string_literal", "concatenated_string")
_LOOPS = ("for_statement", "for_in_clause", "for_expression", "for_range_loop")


def sources(node: SgNode, steps: int = STEPS) -> Iterator[str]:
    """The names, with the objects before them (`config.model_type`), that the value of an expression comes from; with
    `[]` behind them where it is what a loop takes out of them.
    """
    kind = node.kind()
    if kind in ("identifier", "field_identifier"):
        yield node.text()
        for value in given(node) if steps else ():
            above = value.parent()
            each = "[]" if above is not None and above.kind() in _LOOPS else ""
            yield from (name + each for name in sources(value, steps - 1))
    elif kind in _MEMBERS:
        yield from _member(node, steps)
    elif kind in _CALLS:
        yield from _call(node, steps)
    elif kind in _SUBSCRIPTS:
        yield from _subscript(node, steps)
    elif kind not in _COLLECTIONS and kind not in TEXTS:
        for child in node.children():
            if child.is_named():
                yield from sources(child, steps)


def _object(node: SgNode) -> SgNode | None:
    return node.field(_MEMBERS[node.kind()][0]) or node.field("argument")


def _field(node: SgNode) -> str:
    found = node.field(_MEMBERS[node.kind()][1])
    return "" if found is None else found.text()


def _member(node: SgNode, steps: int) -> Iterator[str]:
    on = _object(node)
    if on is not None and on.kind() in _CALLS and _field(node) in _PARTS:
        yield from sources(on, steps)
    else:
        yield node.text().replace("->", ".")


def _call(node: SgNode, steps: int) -> Iterator[str]:
    called, arguments = node.field("function"), node.field("arguments")
    if called is None:
        return
    if called.kind() in _MEMBERS:
        name, on = _field(called), _object(called)
        if on is not None and _SAME.search(name):
            yield from sources(on, steps)
            yield from [f"file {on.text()}"] if _FILE.search(name) else ()
        else:
            yield name
    else:
        name = called.text().rpartition("::")[2].partition("<")[0]
        yield name
    for argument in arguments.children() if arguments is not None else ():
        if argument.kind() in TEXTS:
            yield argument.text().strip("\"'") if _LOOKS_UP.search(name) else ""
        elif argument.is_named() and _SAME.search(name) and not _LOOKS_UP.search(name):
            yield from sources(argument, steps)
            yield from [f"file {argument.text()}"] if _FILE.search(name) else ()


def _subscript(node: SgNode, steps: int) -> Iterator[str]:
    keys = [child for child in node.children() if child.is_named()]
    text = next((key for key in keys[1:] for key in (key, *key.children()) if key.kind() in TEXTS), None)
    if text is not None:
        yield f"{keys[0].text()}.{text.text().strip(chr(34) + chr(39))}"
    elif keys:
        yield from sources(keys[0], steps)


def within(node: SgNode) -> Iterator[SgNode]:
    """A node and everything in it."""
    yield node
    for child in node.children():
        yield from within(child)

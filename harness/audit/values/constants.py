"""Numbers that are written into a program, as values that stand where something should have been computed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from harness.audit.languages import Language
from harness.audit.values.given import CALLS, arguments, given, name_of, objects

if TYPE_CHECKING:
    from ast_grep_py import SgNode

#: Steps from a name to the number that it was given.
STEPS = 4
_NUMBERS = frozenset({"integer", "float", "float_literal", "number_literal"})
#: What holds values, or gives one on as it is.
_HOLDS = frozenset({
    "unary_operator", "unary_expression", "parenthesized_expression", "reference_expression", "try_expression",
    "type_cast_expression", "list", "dictionary", "argument_list", "arguments", "array_expression",
    "field_initializer_list",
})  # fmt: skip
#: What has its value as the last part, behind a name or a type.
_NAMED_PARTS = frozenset({
    "pair", "keyword_argument", "field_initializer", "initializer_pair", "struct_expression", "cast_expression",
    "compound_literal_expression",
})  # fmt: skip
#: Objects of several values, in which a whole number may be a place or a count.
_TUPLES = frozenset({"tuple", "expression_list", "tuple_expression", "initializer_list"})
_COMPREHENSIONS = frozenset({"list_comprehension", "generator_expression"})
#: Calls that give numbers that nobody computed, and those that make an object or a container of what they are given.
_MAKES = re.compile(r"^(zeros|ones|full|empty|default|zero|one|infinity|lowest|repeat|repeat_n|from_elem)(_like)?$")
_KEEPS = re.compile(
    r"^(float\d*|int|half|tensor|as_?tensor|a?s?array|list|vector|static_cast|from_f32|Some|Ok|new|to|cpu|tolist|numpy|"
    r"collect|make_pair|make_tuple|from|take|dict|[A-Z]\w*)$"
)
#: Names of numbers that stand for a value that is missing.
_STANDS_IN = re.compile(
    r"(?i)(^k?|_)(default|neutral|fallback|worst|lowest|zero|neg_inf\w*|inf|infinity)(_?(score|logit|prob|value)s?)?_?$|"
    r"(failed|error)_?(score|logit)s?_?$|^(FLT|DBL)_M(AX|IN)$|f(32|64)::(MIN|EPSILON)$|^HUGE_VALF?$"
)
#: How a number begins where the syntax tree has none: in texts and macros.
_WRITTEN = re.compile(r"""^\W*(\d*\.?\d|-?inf|\w*f(32|64)::|\w*(DEFAULT|NEUTRAL|FALLBACK))""")


def numbers(node: SgNode, language: Language, steps: int = STEPS) -> Iterator[SgNode]:
    """Where a value is a number that was written down, or holds such numbers; nothing where it is computed."""
    kind = node.kind()
    if kind in _NUMBERS or (kind == "integer_literal" and re.search(r"f(32|64)$", node.text())):
        yield node
    elif kind in CALLS:
        yield from _made(node, language, steps)
    elif kind == "macro_invocation":
        yield from ([node] if node.text().startswith("vec!") and _WRITTEN.match(node.text()[4:]) else ())
    elif _stands_in(node, language, steps):
        yield node
    else:
        yield from (number for part in _parts(node) for number in numbers(part, language, steps))


def _parts(node: SgNode) -> list[SgNode]:
    """What may be a number of what a value consists of."""
    kind, parts = node.kind(), node.named_children()
    if kind in _TUPLES and len(parts) > 1 and parts[0].kind() != "string_literal":
        return [part for part in parts if not re.fullmatch(r"-?\d+", part.text())]
    if kind in _COMPREHENSIONS:
        return parts[:1]
    if kind in _NAMED_PARTS:
        return parts[-1:]
    if kind == "binary_operator" and node.children()[1].text() == "*":  # [0.5] * n
        return [side for side in parts if side.kind() == "list"]
    return parts if kind in _HOLDS | _TUPLES else []


def _made(call: SgNode, language: Language, steps: int) -> Iterator[SgNode]:
    """A call that makes numbers, or the numbers of which it makes something."""
    name, _ = language.callee(call)
    given_to = arguments(call)
    is_text = name == "float" and bool(given_to) and _WRITTEN.match(given_to[0].text())
    if _MAKES.match(name) or is_text or (name == "vector" and len(given_to) == 1):
        yield call
    elif _KEEPS.match(name):
        yield from (number for part in (*objects(call), *given_to) for number in numbers(part, language, steps))


def _stands_in(node: SgNode, language: Language, steps: int) -> bool:
    """Whether something is the name of a number."""
    if not name_of(node) and node.kind() not in ("scoped_identifier", "qualified_identifier"):
        return False
    if _STANDS_IN.search(node.text()) or _STANDS_IN.search(re.split(r"\W+", node.text())[-1]):
        return True
    values = given(node) if steps and name_of(node) else []
    return bool(values) and all(any(numbers(value, language, steps - 1)) for value in values)

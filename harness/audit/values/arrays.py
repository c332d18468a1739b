"""How long the axes of the arrays in a file are: names, operations and layers are followed back to what says so."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from harness.audit.nodes import Span, of_kinds, span
from harness.audit.values.axes import SEVERAL, UNKNOWN, Axes, length, length_of, replaced
from harness.audit.values.conditions import branches
from harness.audit.values.given import CALLS, ELEMENTS, MEMBERS, arguments, given, name_of, objects
from harness.audit.values.operations import AROUND, LISTS, Call, at_index, bare, operation, written

if TYPE_CHECKING:
    from ast_grep_py import SgNode

    from harness.audit.source import Source

#: Steps by which a value is followed.
STEPS = 40
#: Names from one to the next until a number stands there.
NAMES = 4
#: What functions are called on that are no methods of it.
_MODULE = re.compile(
    r"^(torch|F|nn|np|numpy|scipy|math|jnp|jax|tf|mx|functional|special|ops|keras|layers|self|cls|this|Self)(\.\w+)*$"
)
_LOOPS = frozenset({"for_statement", "for_in_clause", "for_expression", "for_range_loop"})
_BINARY = frozenset({"binary_operator", "binary_expression"})
_LITERALS = frozenset({"integer", "float", "integer_literal", "float_literal", "number_literal"})
_ADDS = re.compile(r"^(append|extend|push\w*|emplace\w*|insert)$")
_LAYER = re.compile(r"^(Linear|linear\w*|Dense)$")
_INTEGER = re.compile(r"(?:[\w:.]*(?:Axis|Options)\()?(?:[\w:]*Minus(?P<below>\d)|(?P<written>-?\d+)(?:[iu]\d+)?)\)?")
_LABELS = re.compile(r"\bnum_labels(?:[\"']\s*:|\s*(?::\s*\w+\s*)?=(?!=))\s*([\w.]+)")


class Arrays:
    """How long the axes of the arrays in a file are. `unknown` is what is taken for arrays that come from elsewhere,
    `numbers` finds names of single numbers, and `rows` those of single rows of an array.
    """

    def __init__(self, source: Source, unknown: Axes, numbers: re.Pattern[str], rows: re.Pattern[str]) -> None:
        self.source, self.unknown, self.numbers, self.rows = source, unknown, numbers, rows
        self._known: dict[tuple[Span, str], Axes] = {}
        self._steps = 0

    def axes(self, node: SgNode | None) -> Axes:
        """The axes of a value."""
        if node is None or self._steps > STEPS:
            return UNKNOWN
        key = span(node), node.kind()
        if key not in self._known:
            self._known[key] = UNKNOWN
            self._steps += 1
            self._known[key] = self._named(node) if name_of(node) or node.kind() in MEMBERS else self._made(node)
            self._steps -= 1
        return self._known[key]

    def call(self, node: SgNode) -> Call:
        """A call by what it works on."""
        function, given_to, on = node.field("function"), tuple(written(arguments(node))), objects(node)
        if function is not None and function.kind() in CALLS:  # `Softmax(dim=1)(x)`
            return Call(self.call(function).name, next(iter(given_to), None), tuple(written(arguments(function))))
        name = self.source.language.callee(node)[0]
        if on and not _MODULE.search(on[0].text()):
            return Call(name, on[0], given_to)
        given_to = given_to[1:] if name.startswith("ggml_") else given_to
        return Call(name, next(iter(given_to), None), given_to[1:])

    def axis(self, call: Call) -> int | None:
        """The axis that a call names."""
        return next((number for node in call.rest if (number := self.number(node)) is not None), None)

    def number(self, node: SgNode, names: int = NAMES) -> int | None:
        """A whole number, written or named."""
        node = node.named_children()[-1] if node.kind() == "keyword_argument" else node
        named = {self.number(value, names - 1) for value in given(node)} if names and name_of(node) else set()
        if len(named) == 1:
            return named.pop()
        found = _INTEGER.fullmatch(node.text())
        return None if found is None else -int(found["below"]) if found["below"] else int(found["written"])

    def items(self, node: SgNode) -> tuple[int, SgNode | None]:
        """How many items a list has, and the first one, if it is an expression of its own."""
        node = bare(node)
        node = bare(next(iter(given(node)), node) if name_of(node) else node)
        if node.kind() == "macro_invocation":
            tokens = node.named_children()[-1]
            number = SEVERAL if any(token.text() in (",", ";") for token in tokens.children()) else 1
            return number, tokens.named_children()[0] if len(tokens.named_children()) == 1 else None
        found = written(node.named_children()) if node.kind() in LISTS else []
        return length_of(len(found)), next(iter(found), None)

    def outputs(self, node: SgNode) -> int | None:
        """How many outputs the last layer has that is made in an expression; None where none is made."""
        for call in reversed(of_kinds(node, self.source.language.calls)):
            name, on = self.source.language.callee(call)
            sizes = [self.number(size) for size in written(arguments(call))]
            if (name, on) == ("new", "Linear"):  # candle's, of weights
                return length(self.axes(self.call(call).subject), 0)
            if _LAYER.search(name):
                sizes = sizes[:1] if name == "Dense" else sizes[1:3]
                return length_of(next((size for size in reversed(sizes) if size is not None), None))
        return None

    @cached_property
    def is_for_one_label(self) -> bool:
        """Whether the models of the file are made for one label."""
        return {self.with_constants(number) for number in _LABELS.findall(self.source.text)} == {"1"}

    def with_constants(self, text: str) -> str:
        """A text with numbers instead of names that are given one number in the file."""
        for name in set(re.findall(r"[A-Za-z]\w*", text)):
            values = {value.text() for value in self._bound.get(name, ())}
            if len(values) == 1 and (value := values.pop()).isdigit():
                text = re.sub(rf"\b{name}\b", value, text)
        return text

    def _named(self, node: SgNode) -> Axes:
        found = set[Axes]()
        for value in given(node):
            parent = value.parent() or value
            if parent.kind() == "expression_statement":  # a call that changes it
                name = self.source.language.callee(value)[0]
                if name.endswith("_") or _ADDS.search(name):
                    return self.axes(value) if name.endswith("_") else UNKNOWN
            elif parent.kind() in _LOOPS or parent.kind() in MEMBERS:  # an item of it
                found.add(replaced(self.axes(value), 0, ()))
            elif parent.named_children()[0].kind() not in ELEMENTS:
                found.add(self.axes(value))
        if found - {UNKNOWN}:
            return found.pop() if len(found) == 1 else UNKNOWN
        return self._member(node) if node.kind() in MEMBERS else self._unassigned(node)

    def _member(self, node: SgNode) -> Axes:
        on, part = node.named_children()[0], _last_word(node.text())
        if part in ("T", "mT") and (transpose := operation(part)) is not None:
            return transpose(self, Call(part, on, ()))
        if part not in ("logits", "values"):
            return self._unassigned(node)
        axes = self.axes(on)
        return (0, 1) if axes == UNKNOWN and self.is_for_one_label else axes

    def _unassigned(self, node: SgNode) -> Axes:
        name = re.escape(node.text())
        is_number = rf"\b{name}\s*:\s*&?\s*(f32|f64|float)\b|\b(float|double)\s+&?{name}\b(?!\s*\[)"
        return () if self.numbers.search(node.text()) or re.search(is_number, self.source.text) else self.unknown

    def _made(self, node: SgNode) -> Axes:
        kind, parts = node.kind(), written(node.named_children())
        if kind in _LITERALS:
            return ()
        if kind in CALLS:
            return self._called(node)
        if kind in AROUND and parts:
            return self.axes(parts[AROUND[kind]])
        if kind in ELEMENTS:
            return at_index(self, self.axes(parts[0]), parts[1:])
        if kind in _BINARY:
            return self._combined(node)
        if kind in LISTS or kind == "macro_invocation":
            return self._listed(node)
        if kind == "list_comprehension" and len(parts) == 2:
            return (length(self.axes(parts[1].field("right")), 0), *self.axes(parts[0]))
        if kind == "argument_list" and len(parts) > 1:  # `std::vector<float> v(1, x)`
            return (length_of(self.number(parts[0])),)
        choices = {self.axes(choice) for choice in branches(node)[1:]}
        return self.unknown if not choices else choices.pop() if len(choices) == 1 else UNKNOWN

    def _called(self, node: SgNode) -> Axes:
        call = self.call(node)
        if call.name == "float" and not objects(node):
            return ()
        does = operation(call.name.removeprefix("ggml_"))
        return self._layered(node) if does is None or call.subject is None else does(self, call)

    def _layered(self, node: SgNode) -> Axes:
        """What a layer, or a function of the file, gives."""
        (name, _), given_to, on = self.source.language.callee(node), written(arguments(node)), objects(node)
        layer = on[0] if on and name.startswith("forward") else node.field("function")
        if name == "apply" and on and given_to:
            layer, given_to = bare(given_to[0]), [*on]
        if layer is None:
            return self.unknown
        made = [*given(layer), *self._bound[_last_word(layer.text())]]
        outputs = {outputs for value in made if (outputs := self.outputs(value)) is not None}
        if len(outputs) == 1:
            axes = replaced(self.axes(next(iter(given_to), None)), -1, (outputs.pop(),))
            return axes if len(axes) > 1 else (0, *axes)  # layers are given batches
        names = {name, *(self.call(value).name for value in made if value.kind() in CALLS)}
        found = {self.axes(value) for value in self._returned(names)}
        return found.pop() if len(found) == 1 else self.unknown

    def _returned(self, names: set[str]) -> Iterator[SgNode]:
        """What functions of the file give back, or objects of its classes where they are called."""
        for function in self.source.functions:
            if function.name in names or (function.owner in names and function.name in ("forward", "__call__", "call")):
                yield from self.source.language.returned(self.source.node_of(function))

    def _listed(self, node: SgNode) -> Axes:
        number, first = self.items(node)
        if first is not None and (first.kind() not in ELEMENTS or self.source.language.name == "python"):
            return (number, *self.axes(first))
        is_number = first is not None or re.search(r"\]\s*\]$", node.text()) or self.numbers.search(node.text()[:-1])
        return (number,) if number and is_number else UNKNOWN

    def _combined(self, node: SgNode) -> Axes:
        left, right = (self.axes(node.named_children()[at]) for at in (0, -1))
        operator = next((child.text() for child in node.children() if not child.is_named()), "")
        if operator == "@":
            return (..., length(right, -1))
        if left == () and operator in "+-*/":
            return right
        return left if right in ((), left) or (operator in "*/" and right == UNKNOWN) else UNKNOWN

    @cached_property
    def _bound(self) -> dict[str, list[SgNode]]:
        """What names are given anywhere in the file: layers are made in one function and used in another."""
        language, bound = self.source.language, defaultdict(list)
        for node in of_kinds(self.source.root, {*language.gives, *language.bound}):
            name, *values = node.named_children()
            if values:
                bound[_last_word(name.text())].append(values[-1])
        return bound


def _last_word(text: str) -> str:
    return re.split(r"\W+", text)[-1]

"""Where a value goes to: what it is put into, and where that goes to in turn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.audit.calls import COMMON
from harness.audit.nodes import holds, of_kinds, span
from harness.audit.values.given import (
    CALLS,
    MEMBERS,
    arguments,
    given,
    name_of,
    objects,
    sides,
)

if TYPE_CHECKING:
    from ast_grep_py import SgNode

    from harness.audit.source import Source
    from harness.audit.tree import Tree

#: Steps from a variable to where it is used, or from a function to where it is called.
STEPS = 2
#: Files that may call a function that is followed to where it is called.
CALLERS = 12
#: What gives a value back, by language.
RETURNS = {
    "python": ("return_statement", "yield"), "rust": ("return_expression", "break_expression"),
    "cpp": ("return_statement",),
}  # fmt: skip
#: Methods that put what they are given into their object, and functions that put it into their first argument.
_ADDS = re.compile(
    r"^(append|extend|insert|push(_back)?|emplace_back|assign|add|put(_nowait)?|set_result|set_value|send|fill_?|resize|"
    r"update)$"
)
_FILLS = re.compile(r"^(fill|fill_n|memset|copyto|putmask|place)$")
#: Calls and expressions that give one of several values.
_CHOOSES = re.compile(r"^(where\w*|masked_fill_?|unwrap_or\w*|map_or\w*|value_or|or|or_else|then_some|index_put_?)$")
_CHOICES = frozenset({"conditional_expression", "if_expression", "match_expression", "boolean_operator"})
_BLOCKS = frozenset({"block", "compound_statement", "expression_statement"})
_ENDS = re.compile(r"_statement$|^(comparison_operator|if_clause|block|module|declaration|field_declaration(_list)?)$")
_PAIRS = frozenset({"pair", "keyword_argument", "field_initializer", "initializer_pair"})
#: Keys that say nothing of what they hold.
_PLAIN = re.compile(r"^(values?|data|results?|outputs?|default|fill_value|other|nan|body)?$")
#: Types that no score is given back as.
_COUNTS = re.compile(r"^\W*(bool|int|s?size_t|u?int\d+_t|usize|[ui]\d+|str|string|std::string|String|None)\b")


@dataclass(frozen=True, slots=True)
class Place:
    """What a value is put into, by its name (of a variable, a key, a function), and other values that go there too."""

    source: Source
    name: str
    values: tuple[SgNode, ...] = ()


class Places:
    """Where the values of a file go to."""

    def __init__(self, source: Source, tree: Tree) -> None:
        self.source, self.tree, self.language = source, tree, source.language

    def of(self, node: SgNode, steps: int = STEPS) -> Iterator[Place]:
        """What a value is put into, the nearest first; with no steps only what stands around it."""
        inner, is_returned = node, False
        for outer in node.ancestors():
            kind = outer.kind()
            if kind in self.language.functions:
                yield from self._function(outer, steps)
                return
            if kind in self.language.closures or kind in RETURNS[self.language.name]:
                is_returned = kind not in self.language.closures
            elif not is_returned:
                yield from self._around(outer, inner, steps)
                if self._ends(outer, inner):
                    yield from self._into(outer, inner, steps)
                    return
            inner = outer

    def _around(self, outer: SgNode, inner: SgNode, steps: int) -> Iterator[Place]:
        """What the expression around a value says of it."""
        if outer.kind() in _CHOICES:
            yield Place(self.source, "", (outer,))
        elif label := _label(outer, inner):
            yield Place(self.source, label)
        elif outer.kind() in CALLS and span(outer.field("function") or inner) != span(inner):
            name, on = self.language.callee(outer)
            given_to = arguments(outer)
            if _CHOOSES.match(name) or any(argument.kind() in self.language.closures for argument in given_to):
                yield Place(self.source, name, (*objects(outer), *given_to))
            elif steps == STEPS:
                yield Place(self.source, f"{on} {name}" if name == "new" else name)

    def _ends(self, outer: SgNode, inner: SgNode) -> bool:
        """Whether a value goes no further than into what is around it."""
        kind, condition = outer.kind(), outer.field("condition")
        if kind in self.language.gives or (condition is not None and span(condition) == span(inner)):
            return True
        if kind in CALLS:
            into = filled(outer, self.source)
            return into is not None and not holds(span(into), span(inner)) and span(inner)[1] == span(outer)[1]
        if self.language.name == "rust" and kind in _BLOCKS:  # the last expression of a block is its value
            return span(outer.named_children()[-1]) != span(inner) or outer.text().endswith(";")
        return bool(_ENDS.search(kind)) or not _PLAIN.match(_label(outer, inner))

    def _into(self, outer: SgNode, inner: SgNode, steps: int) -> Iterator[Place]:
        """The variable that an assignment, or a call, puts a value into."""
        if outer.kind() in CALLS and (into := filled(outer, self.source)) is not None:
            yield from self._variable(into, outer, steps)
        elif outer.kind() in self.language.gives:
            left, right = sides(outer, self.language)
            if left is not None and right is not None and span(right) == span(inner):
                yield from self._variable(left, outer, steps)

    def _variable(self, left: SgNode, statement: SgNode, steps: int) -> Iterator[Place]:
        """What is put into a variable, a member or an element goes where that is used."""
        name = variable(left)
        others = (value for one in (left, name) if name_of(one) for value in given(one))
        yield Place(self.source, left.text(), tuple(others))
        function = next((n for n in name.ancestors() if n.kind() in self.language.functions), None)
        if not steps or not name_of(name) or function is None:
            return
        for use in of_kinds(function, (name.kind(),)):
            if use.text() == name.text() and span(use)[0] >= span(statement)[1]:
                yield from self.of(use, steps - 1)

    def _function(self, function: SgNode, steps: int) -> Iterator[Place]:
        """What a function gives back goes where it is called."""
        declared = function.field("return_type") or function.field("type")
        if declared is not None and _COUNTS.match(declared.text()):
            return
        name = self.language.name_of(function).rpartition("::")[2]
        yield Place(self.source, name, tuple(self.language.returned(function)))
        is_named = bool(steps) and name not in COMMON
        for path in self.tree.few_mentioning(f"{name}(", self.language.name, CALLERS) if is_named else ():
            source = self.tree.source(path)
            for call in of_kinds(source.root, self.language.calls):
                if self.language.callee(call)[0] == name:
                    yield from Places(source, self.tree).of(call, steps - 1)


def variable(node: SgNode) -> SgNode:
    """The variable that is changed where something is put in `scores[i].value`, `scores.begin()` or `*score`."""
    while not name_of(node) or node.kind() in MEMBERS:
        parts = [*objects(node), *arguments(node)] if node.kind() in CALLS else node.named_children()
        if not parts:
            break
        node = parts[0]
    return node


def filled(call: SgNode, source: Source) -> SgNode | None:
    """What a call puts its arguments, or the values of a closure, into."""
    name, given_to = source.language.callee(call)[0], arguments(call)
    if _ADDS.match(name) and objects(call):
        return objects(call)[0]
    if name == "transform" and len(given_to) > 2:
        return given_to[2]
    return given_to[0] if _FILLS.match(name) and given_to else None


def _label(outer: SgNode, inner: SgNode) -> str:
    """The key under which a value stands in an object; `{"score", x}` is how C++ writes one of JSON."""
    parts = outer.named_children()
    is_pair = outer.kind() in _PAIRS or (outer.kind() == "initializer_list" and parts[0].kind() == "string_literal")
    return parts[0].text().strip("\"'.") if is_pair and len(parts) > 1 and span(parts[-1]) == span(inner) else ""

"""One file as a syntax tree: its functions, the names that things have in it, and what of it does not parse."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from harness.audit.files import SourceText
from harness.audit.languages import Language, Literal
from harness.audit.nodes import of_kinds
from harness.core.audit import Place

if TYPE_CHECKING:
    from ast_grep_py import SgNode

#: Levels of a syntax tree that people write at most; deeper ones exhaust the stack of what searches them.
DEEPEST = 400
#: The share of a file's text in broken places from which on nothing of it is trusted.
BROKEN = 0.5
#: Characters of a name, and names around a thing, that are told of it.
NAME = 200
NAMES = 20


@dataclass(frozen=True, slots=True)
class Function:
    """A function by what it is called: `owner` is the type that it belongs to, as its language writes it."""

    path: str
    language: str
    name: str
    owner: str
    symbol: str
    start: int
    end: int


class Source:
    """A parsed file. Offsets are in characters."""

    def __init__(self, source: SourceText) -> None:
        from ast_grep_py import SgRoot

        self.given = source
        self.path = source.path
        self.language: Language = source.language
        self.text = source.text
        self.root: SgNode = SgRoot(source.text, source.language.name).root()

    @cached_property
    def functions(self) -> tuple[Function, ...]:
        """Every function that has a name, in the order of their beginnings."""
        return tuple(self._nodes)

    @cached_property
    def _nodes(self) -> dict[Function, SgNode]:
        return {self._function(node): node for node in of_kinds(self.root, self.language.functions)}

    def _function(self, node: SgNode) -> Function:
        name = self._name(node)
        scope, _, last = name.rpartition("::")
        owners = [*self._owners(node), *([scope] if scope else [])]
        symbol = self.language.separator.join([*owners, last][-NAMES:])
        start, end = node.range().start.index, node.range().end.index
        return Function(self.path, self.language.name, last, owners[-1] if owners else "", symbol, start, end)

    @cached_property
    def bases(self) -> dict[str, tuple[str, ...]]:
        """The types that each type of the file derives from."""
        owners = of_kinds(self.root, self.language.owners)
        return {self._name(node): self.language.bases(node) for node in owners}

    def declared(self, name: str) -> set[str]:
        """Words by which the file says of which type a variable or a field is."""
        return self._declared.get(name, set())

    @cached_property
    def _declared(self) -> dict[str, set[str]]:
        said: dict[str, set[str]] = {}
        for found in re.finditer(self.language.declared, self.text):
            told = next(filter(None, (text for key, text in found.groupdict().items() if key != "name")))
            said.setdefault(found["name"], set()).update(re.findall(r"\w+", told))
        return said

    def closure(self, node: SgNode) -> Function:
        """A function without a name as one: it belongs to what is around it."""
        around = self.function_at(node)
        owner, symbol = (around.owner, around.symbol) if around else ("", "module")
        at = node.range()
        return Function(self.path, self.language.name, "", owner, f"{symbol} (closure)", at.start.index, at.end.index)

    def _owners(self, node: SgNode) -> list[str]:
        """Names of what a node stands in, outermost first; functions among them."""
        kinds = self.language.owners + self.language.functions
        return [self._name(n) for n in reversed(node.ancestors()) if n.kind() in kinds]

    def _name(self, node: SgNode) -> str:
        return self.language.name_of(node)[:NAME]

    def symbol_of(self, node: SgNode) -> str:
        """The function, else the class and the name that is given a value there, that a node belongs to."""
        kinds = self.language.owners + self.language.functions
        around = [node, *node.ancestors()]
        names = [self._name(n) for n in reversed(around) if n.kind() in kinds]
        if not any(n.kind() in self.language.functions for n in around):
            names += [name for n in reversed(around) if (name := self._bound(n))][:1]
        return self.language.separator.join([name for name in names if name][-NAMES:]) or "module"

    def _bound(self, node: SgNode) -> str:
        field = self.language.bound.get(node.kind())
        name = node.field(field) if field else None
        if name is None:
            return ""
        at = name.range()
        return self.text[at.start.index : min(at.end.index, at.start.index + NAME)].strip("\"'*& ")[:60]

    def function_at(self, node: SgNode) -> Function | None:
        """The innermost function around a node, itself included."""
        at = node.range()
        last = bisect_right(self._starts, at.start.index) - 1
        while last >= 0 and self.functions[last].end < at.end.index:
            last = self._around_it[last]
        return self.functions[last] if last >= 0 else None

    @cached_property
    def _starts(self) -> list[int]:
        return [function.start for function in self.functions]

    @cached_property
    def _around_it(self) -> list[int]:
        """For each function the number of the innermost one around it, -1 where there is none."""
        around: list[int] = []
        for number, function in enumerate(self.functions):
            last = number - 1
            while last >= 0 and self.functions[last].end < function.end:
                last = around[last]
            around.append(last)
        return around

    @cached_property
    def closures(self) -> dict[Function, SgNode]:
        """Functions without a name of their own that are given one."""
        found = {}
        for node in of_kinds(self.root, self.language.closures):
            parent = node.parent()
            if parent is not None and (name := self._bound(parent)):
                found[replace(self.closure(node), name=name)] = node
        return found

    def node_of(self, function: Function) -> SgNode:
        """The node of a function of this file."""
        return self._nodes.get(function) or self.closures[function]

    def literal(self, node: SgNode) -> Literal:
        """What a text in the file says."""
        return self.language.text(node)

    def place(self, node: SgNode) -> Place:
        """Where a node stands."""
        start, end = node.range().start, node.range().end
        symbol = self.symbol_of(node)
        return Place(self.path, start.line + 1, start.column + 1, end.line + 1, end.column + 1, symbol)

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their ends, as the grammar counts them: a form feed ends none."""
        return [line.removesuffix("\r") for line in self.text.split("\n")]

    @cached_property
    def broken(self) -> tuple[tuple[int, int], ...]:
        """Where the grammar found no way to read the text: ranges of the functions around, else of the place alone."""
        return tuple(sorted({self._around(error) for error in self.root.find_all(kind="ERROR")}))

    def _around(self, error: SgNode) -> tuple[int, int]:
        within = next((n for n in error.ancestors() if n.kind() in self.language.functions), error)
        return within.range().start.index, within.range().end.index

    @cached_property
    def is_too_deep(self) -> bool:
        """Whether the tree is so deep that a search might not come back; to be asked before anything is searched.

        A chain that is deep takes up most of the text around it, so that the largest node of each level leads there.
        """
        node = self.root
        for _ in range(DEEPEST):
            children = node.children()
            if not children:
                return False
            node = max(children, key=_length)
        return True

    @cached_property
    def _gaps(self) -> tuple[list[int], list[int]]:
        """Where that begins and where it ends, what overlaps as one."""
        starts: list[int] = []
        ends: list[int] = []
        for start, end in self.broken:
            if ends and start < ends[-1]:
                ends[-1] = max(end, ends[-1])
            else:
                starts.append(start)
                ends.append(end)
        return starts, ends

    @cached_property
    def is_unreadable(self) -> bool:
        """Whether so much is broken that the rest says nothing."""
        starts, ends = self._gaps
        return sum(ends) - sum(starts) > BROKEN * len(self.text)

    def is_broken(self, node: SgNode) -> bool:
        """Whether a node touches a place that does not parse."""
        starts, ends = self._gaps
        at = node.range()
        last = bisect_left(starts, at.end.index) - 1
        return last >= 0 and at.start.index < ends[last]

    def line_of(self, offset: int) -> int:
        """The line, from 1, of a character."""
        return bisect_right(self._line_starts, offset)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(end.end() for end in re.finditer("\n", self.text))]


def _length(node: SgNode) -> int:
    at = node.range()
    return int(at.end.index - at.start.index)

"""What names are given: by assignments, declarations, loops, patterns, closures, and calls that change them.

A name is followed as a reader would: within its function from where it stands upwards, an assignment that is reached in
any case hiding those before it; a member of the object itself through the other functions of its class; what stands
outside of functions from everywhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from harness.audit.languages import LANGUAGES, Language
from harness.audit.nodes import Span, find, holds, of_kinds, span

if TYPE_CHECKING:
    from ast_grep_py import SgNode

#: Kinds of members and elements of something.
MEMBERS = frozenset({"attribute", "field_expression"})
ELEMENTS = frozenset({"subscript", "subscript_expression", "index_expression"})
CALLS = frozenset({"call", "call_expression"})
_NAMES = frozenset({"identifier", "shorthand_field_initializer", "field_identifier"})
_OWN = ("self", "this", "*this", "(*this)")
_WITHIN = frozenset({"for_in_clause", "let_condition"})
_AWAITS = ("await", "await_expression", "try_expression")
_BLOCKS = (
    "block", "module", "source_file", "compound_statement", "translation_unit", "if_statement", "else_clause",
)  # fmt: skip
_TUPLES = frozenset({"pattern_list", "tuple_pattern", "expression_list", "tuple", "tuple_expression"})
_EVERYWHERE = (0, 2**62)
#: C++'s way to write a text in another form: from the first argument into the third.
_TRANSFORM = {
    "kind": "call_expression",
    "all": [
        {"has": {"field": "function", "regex": r"^(std::)?(ranges::)?(transform|copy)$"}},
        {"has": {"field": "arguments", "all": [
            {"has": {"nthChild": 1, "pattern": "$TAKEN"}}, {"has": {"nthChild": 3, "pattern": "$PUT"}},
        ]}},
    ],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Given:
    """A name is given values: from `after` on, in the function `holder`, or only `within` a place."""

    values: tuple[SgNode, ...]
    after: int
    holder: Span
    block: Span
    owner: Span
    within: Span | None
    adds: bool
    """Whether it keeps what it had."""


def given(name: SgNode) -> list[SgNode]:
    """What a variable, or a member as it is written (`self.device`), is given where it stands."""
    return [value for value in givings([name, *name.ancestors()][-1]).given_to(name) if span(value) != span(name)]


@lru_cache(maxsize=64)
def givings(root: SgNode) -> Givings:
    """What every name of a file is given; `root` is its outermost node."""
    return Givings(root)


class Givings:
    """What every name of a file is given."""

    def __init__(self, root: SgNode) -> None:
        self.root = root
        self.language = next(language for language in LANGUAGES.values() if language.root == root.kind())
        self.is_cpp = self.language.name == "cpp"

    def given_to(self, node: SgNode) -> Iterator[SgNode]:
        """What a name is given where it stands, the last first; nothing for what is no name."""
        name, at = name_of(node), span(node)
        known = [given for given in self._known.get(name, ()) if holds(given.holder, at)]
        bound = [given for given in known if given.within and holds(given.within, at)]
        if bound:
            yield from min(bound, key=lambda given: _length(given.within or at)).values
            return
        here = _first(node.ancestors(), self.language.functions)
        before = [given for given in known if not given.within and (given.holder != here or given.after <= at[0])]
        if not before and is_own(name):
            yield from self._given_elsewhere(name, at)
        innermost = min((_length(given.holder) for given in before), default=0)
        for given in sorted(before, key=lambda given: -given.after):
            if _length(given.holder) == innermost:
                yield from given.values
                if not given.adds and given.holder == here and holds(given.block, at):
                    return

    def _given_elsewhere(self, name: str, at: Span) -> Iterator[SgNode]:
        """What a member is given in other functions of its class."""
        for given in self._known.get(name, ()):
            if holds(given.owner, at) and not holds(given.holder, at):
                yield from given.values

    @cached_property
    def _known(self) -> dict[str, list[Given]]:
        self._found: dict[str, list[Given]] = defaultdict(list)
        language = self.language
        kinds = (*language.gives, *language.arms, *language.closures, *language.functions, "expression_statement")
        for node in of_kinds(self.root, kinds):
            self._learn(node)
        return self._found

    def _learn(self, node: SgNode) -> None:
        kind = node.kind()
        if kind in self.language.gives:
            self._assigned(node)
        elif kind in self.language.arms:
            self._arm(node)
        elif kind in self.language.closures:
            self._closure(node)
        elif kind == "expression_statement":
            self._changed(node)
        else:
            for parameters in of_kinds(node, ("parameter_list" if self.is_cpp else "parameters",)):
                self._give(parameters, (), span(node)[0])

    def _assigned(self, node: SgNode) -> None:
        left, right = sides(node, self.language)
        if left is None or right is None:
            return
        within = span(node.parent() or node) if node.kind() in _WITHIN else None
        # `x[i] = y` and `x += y` add to what x was
        operator = node.field("operator")
        adds = left.kind() in ELEMENTS or (operator is not None and operator.text() != "=")
        for names, value in _pairs(left, right):
            self._give(names, (value,), span(right)[1], within, adds)

    def _arm(self, node: SgNode) -> None:
        """The names in the pattern of an arm are parts of what is matched."""
        kind, field = self.language.arms[node.kind()]
        matched = next((n for n in node.ancestors() if n.kind() == kind), None)
        value = None if matched is None else matched.field(field)
        pattern = node.field("pattern") or next((c for c in node.named_children() if c.kind() == "case_pattern"), None)
        if value is not None and pattern is not None:
            self._give(pattern, (value,), 0, span(node))

    def _closure(self, node: SgNode) -> None:
        """The parameters of a closure are what the method is called on, or the function is given beside it:
        `scores.iter().map(|score| …)`.
        """
        call = next((n for n in node.ancestors() if n.kind() in CALLS), None)
        parameters = node.field("parameters")
        if call is not None and parameters is not None:
            beside = tuple(argument for argument in arguments(call) if span(argument) != span(node))
            self._give(parameters, objects(call) or beside, 0, span(node))

    def _changed(self, node: SgNode) -> None:
        """`x.append(y)` changes x; in C++ `std::sort(x.begin(), …)` and `tokenize(text, &x)` do, too."""
        call = next(iter(node.named_children()), None)
        while call is not None and call.kind() in _AWAITS:
            call = next(iter(call.named_children()), None)
        if call is None or call.kind() not in CALLS:
            return
        for one in (*objects(call), *(arguments(call) if self.is_cpp else ())):
            self._give(_base(one), (call,), span(call)[1], adds=True)
        for transform in find(call, {"rule": _TRANSFORM}) if self.is_cpp else ():
            taken, put = transform.get_match("TAKEN"), transform.get_match("PUT")
            if taken is not None and put is not None:
                self._give(_base(put), (taken,), span(call)[1], adds=True)

    def _give(
        self, names: SgNode, values: tuple[SgNode, ...], after: int, within: Span | None = None, adds: bool = False
    ) -> None:
        around, kinds = names.ancestors(), (self.language.functions, _BLOCKS, self.language.owners)
        holder, block, owner = (_first(around, wanted) for wanted in kinds)
        is_of_class = self.language.name == "python" and owner != _EVERYWHERE and holds(holder, owner)
        for name, is_part in _names(names):
            given = Given(values, after, holder, block, owner, within, adds or is_part)
            self._found[name].append(given)
            if is_of_class:
                self._found[f"self.{name}"].append(given)


def sides(node: SgNode, language: Language) -> tuple[SgNode | None, SgNode | None]:
    """The name and the value of what gives a name a value."""
    fields = language.gives[node.kind()]
    if fields is None:  # C++'s `Reranker(…) : device_(device)`
        name, *values = node.named_children()
        return name, next(iter(values[0].named_children()), None) if values else None
    left, right = fields
    return node.field(left), node.field(right)


def name_of(node: SgNode) -> str:
    """A name that values are given to: a variable, or a member as it is written; empty for anything else."""
    if node.kind() in _NAMES:
        return node.text()
    parts = node.named_children() if node.kind() in MEMBERS else []
    if not parts or not (name_of(parts[0]) or parts[0].text() in _OWN):
        return ""
    return node.text().replace("->", ".").replace("this.", "")


def is_own(name: str) -> bool:
    """Whether a name is a member of the object itself: said to be one, or marked as C++ does."""
    return name.startswith(("self.", "m_")) or name.endswith("_")


def objects(call: SgNode) -> tuple[SgNode, ...]:
    """What a method is called on; nothing for a function."""
    called = call.field("function")
    if called is not None and called.kind() in ("generic_function", "template_method"):
        called = called.named_children()[0]
    return (called.named_children()[0],) if called is not None and called.kind() in MEMBERS else ()


def arguments(call: SgNode) -> list[SgNode]:
    """What a call is given."""
    given = call.field("arguments")
    return [] if given is None else given.named_children()


def _length(span: Span) -> int:
    return span[1] - span[0]


def _first(around: Iterable[SgNode], kinds: Collection[str]) -> Span:
    return next((span(node) for node in around if node.kind() in kinds), _EVERYWHERE)


def _names(node: SgNode, is_part: bool = False) -> Iterator[tuple[str, bool]]:
    """Names within a pattern or a target, and whether only a part of what they name is given something."""
    if node.text() in _OWN:
        return
    if name := name_of(node):
        yield name, is_part
    if node.kind() in MEMBERS | ELEMENTS:
        yield from _names(node.named_children()[0], True)
    elif not name:
        for child in node.named_children():
            yield from _names(child, is_part)


def _base(node: SgNode) -> SgNode:
    """The variable in `x[i].y`, `x.begin()`, `begin(x)` and `&x`."""
    while not name_of(node):
        inner = node.named_children()[:1] if node.kind() in (*MEMBERS, *ELEMENTS, "pointer_expression") else ()
        if node.kind() in CALLS:
            inner = [*objects(node), *arguments(node)][:1]
        if not inner:
            break
        node = inner[0]
    return node


def _pairs(left: SgNode, right: SgNode) -> Iterator[tuple[SgNode, SgNode]]:
    """`a, b = x, y` gives x to a and y to b."""
    names, values = left.named_children(), right.named_children()
    if left.kind() in _TUPLES and right.kind() in _TUPLES and len(names) == len(values):
        yield from zip(names, values, strict=True)
    else:
        yield left, right

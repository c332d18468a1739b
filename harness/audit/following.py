"""Where values come from: names are followed back to what they were given in their function.

Calls of names that hand nothing on are ends: nothing is known of what they give back.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from harness.audit.nodes import find, of_kinds
from harness.audit.regexes import as_ascii
from harness.audit.source import Source

if TYPE_CHECKING:
    from ast_grep_py import SgNode

Span = tuple[int, int]

#: Calls that hand on what they are given, in the order in which it is given.
_HANDS_ON = re.compile(
    r"^(list|tuple|iter|next|str|string|float|int|round|map|zip|enumerate|rev|reversed|collect|unwrap\w*|expect|ok_or\w*|"
    r"map_err|clone|cloned|copied|copy|as_\w+|to_(vec|string|owned)|tolist|to_list|into\w*|iter_mut|par_iter|from|new|Some|"
    r"Ok|Arc|Box|Cow|move|begin|end|cbegin|cend|data|c_str|values|numpy|cpu|detach|float|double|squeeze|flatten|view|"
    r"reshape|array|asarray|append|extend|push\w*|emplace\w*|insert|item|await|vec|format)$"
)
#: Kinds that give a value a name, by language: the fields of the name and of the value.
_GIVING = {
    "python": {
        "assignment": ("left", "right"), "augmented_assignment": ("left", "right"),
        "named_expression": ("name", "value"), "for_statement": ("left", "right"), "for_in_clause": ("left", "right"),
    },
    "rust": {
        "let_declaration": ("pattern", "value"), "let_condition": ("pattern", "value"),
        "assignment_expression": ("left", "right"), "compound_assignment_expr": ("left", "right"),
        "for_expression": ("pattern", "value"),
    },
    "cpp": {
        "init_declarator": ("declarator", "value"), "assignment_expression": ("left", "right"),
        "for_range_loop": ("declarator", "right"),
    },
}  # fmt: skip
_OTHERS = {"python": (), "rust": ("match_arm", "closure_expression"), "cpp": ()}
#: Names of members: of the object itself, or as C++ marks them.
_MEMBER = re.compile(r"^(self|this)\b|_$|^m_")
_WITHIN = {"for_in_clause", "let_condition"}
_MEMBERS = {"attribute", "field_expression", "subscript", "subscript_expression", "index_expression"}
_CALLS = {"call", "call_expression"}
_BLOCKS = {"block", "module", "source_file", "compound_statement", "translation_unit", "if_statement", "else_clause"}
_ENDS = {"comparison_operator", "lambda_expression", "if_clause", "type_arguments"}
_TUPLES = {"pattern_list", "tuple_pattern", "expression_list", "tuple", "tuple_expression"}


@dataclass(frozen=True, slots=True)
class Given:
    """A name is given values: from `after` on, in the function `holder`, or only `within` a place."""

    values: tuple[SgNode, ...]
    after: int
    holder: Span
    block: Span
    owner: Span
    within: Span | None = None
    adds: bool = False


@dataclass(frozen=True, slots=True)
class Ways:
    """Further calls that hand on what they are given, and calls and kinds that do not."""

    through: re.Pattern[str]
    ends: re.Pattern[str]

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Ways:
        """What settings say."""
        return cls(*(re.compile(settings.get(key, "$^")) for key in ("through", "ends")))


class Origins:
    """What every name of a file is given."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._found: dict[int, set[Span]] = {}
        self.giving, self.cpp = _GIVING[source.language.name], source.language.name == "cpp"

    def places(self, asked: Mapping[str, Any]) -> set[Span]:
        """Where what is asked for is; names are looked at only where it is."""
        if id(asked) not in self._found:
            matcher, of = asked["from"].get(self.source.language.name), asked.get("of")
            found = [] if matcher is None else find(self.source.root, as_ascii(matcher))
            if found and of:
                wanted, ways = self.places(of), Ways.of(of)
                followed = ((node, node.get_match(of["value"])) for node in found)
                found = [node for node, value in followed if value is None or self.leads(value, wanted, ways)]
            self._found[id(asked)] = {_span(node) for node in found}
        return self._found[id(asked)]

    @cached_property
    def given(self) -> dict[str, list[Given]]:
        """What each name is given."""
        self._given: dict[str, list[Given]] = defaultdict(list)
        language = self.source.language
        kinds = (*self.giving, *_OTHERS[language.name], *language.functions, "expression_statement")
        for node in of_kinds(self.source.root, kinds):
            self._learn(node)
        return self._given

    def leads(self, node: SgNode, places: set[Span], ways: Ways) -> bool:
        """Whether a value comes from one of some places."""
        waiting, seen = [node], set[tuple[Span, str]]()
        while waiting:
            here = waiting.pop()
            span = _span(here)
            if span in places:
                return True
            if (span, here.kind()) not in seen:
                seen.add((span, here.kind()))
                name = _name(here)
                waiting.extend(self._given_to(name, span) if name else self._parts(here, ways))
        return False

    def _learn(self, node: SgNode) -> None:
        kind = node.kind()
        if kind in self.giving:
            self._assigned(node)
        elif kind == "match_arm":
            self._arm(node)
        elif kind == "closure_expression":
            self._closure(node)
        elif kind == "expression_statement":
            self._changed(node)
        else:
            for parameters in of_kinds(node, ("parameter_list" if self.cpp else "parameters",)):
                self._give(parameters, (), _span(node)[0])

    def _assigned(self, node: SgNode) -> None:
        left, right = (node.field(field) for field in self.giving[node.kind()])
        if left is None or right is None:
            return
        within = _span(node.parent() or node) if node.kind() in _WITHIN else None
        # `x[i] = y` and `x += y` add to what x was
        operator = node.field("operator")
        adds = left.kind() in _MEMBERS or (operator is not None and operator.text() != "=")
        for names, value in _pairs(left, right):
            self._give(names, (value,), _span(right)[1], within, adds)

    def _arm(self, node: SgNode) -> None:
        """The names in the pattern of an arm are parts of what is matched."""
        matched = next((n for n in node.ancestors() if n.kind() == "match_expression"), None)
        value, pattern = None if matched is None else matched.field("value"), node.field("pattern")
        if value is not None and pattern is not None:
            self._give(pattern, (value,), 0, _span(node))

    def _closure(self, node: SgNode) -> None:
        """The parameters of a closure are what the method is called on: `scores.iter().map(|score| …)`."""
        call = next((n for n in node.ancestors() if n.kind() == "call_expression"), None)
        parameters = node.field("parameters")
        if call is not None and parameters is not None:
            self._give(parameters, _objects(call), 0, _span(node))

    def _changed(self, node: SgNode) -> None:
        """`x.append(y)` changes x; in C++ `std::sort(x.begin(), …)` and `tokenize(text, &x)` do, too."""
        call = next(iter(node.named_children()), None)
        while call is not None and call.kind() in ("await", "await_expression", "try_expression"):
            call = next(iter(call.named_children()), None)
        if call is None or call.kind() not in _CALLS:
            return
        changed = [*_objects(call), *(_arguments(call) if self.cpp else ())]
        for one in changed:
            self._give(_base(one), (call,), _span(call)[1], adds=True)

    def _give(
        self, names: SgNode, values: tuple[SgNode, ...], after: int, within: Span | None = None, adds: bool = False
    ) -> None:
        language = self.source.language
        holder, block, owner = (_around(names, kinds) for kinds in (language.functions, _BLOCKS, language.owners))
        for name in _names(names):
            self._given[name].append(Given(values, after, holder, block, owner, within, adds))

    def _given_to(self, name: str, at: Span) -> Iterator[SgNode]:
        known = [given for given in self.given.get(name, ()) if _holds(given.holder, at)]
        bound = [given for given in known if given.within and _holds(given.within, at)]
        if bound:
            yield from min(bound, key=lambda given: _length(given.within or at)).values
            return
        before = [given for given in known if not given.within and given.after <= at[0]]
        if not before and _MEMBER.search(name):
            yield from self._given_elsewhere(name, at)
        innermost = min((_length(given.holder) for given in before), default=0)
        for given in sorted(before, key=lambda given: -given.after):
            if _length(given.holder) == innermost:
                yield from given.values
                if not given.adds and _holds(given.block, at):
                    return

    def _given_elsewhere(self, name: str, at: Span) -> Iterator[SgNode]:
        """What a member is given in other functions of its class."""
        for given in self.given.get(name, ()):
            if _holds(given.owner, at) and not _holds(given.holder, at):
                yield from given.values

    def _parts(self, node: SgNode, ways: Ways) -> Iterable[SgNode]:
        kind = node.kind()
        if kind in _ENDS or ways.ends.search(kind):
            return ()
        if kind in _CALLS or kind == "macro_invocation":
            macro = node.field("macro")
            called = macro.text() if macro is not None else self.source.language.callee(node)[0]
            handed_on = _HANDS_ON.search(called) or ways.through.search(called)
            if called and (not handed_on or ways.ends.search(f"{called}()")):
                return ()
            return (*_objects(node), *_arguments(node)) if kind in _CALLS else node.named_children()[1:]
        if kind in _MEMBERS:
            return node.named_children()[:1]
        if kind == "keyword_argument":
            return node.named_children()[1:]
        if kind == "conditional_expression" and self.source.language.name == "python":
            return node.named_children()[::2]
        condition = node.field("condition")
        return [child for child in node.named_children() if condition is None or _span(child) != _span(condition)]


def _span(node: SgNode) -> Span:
    at = node.range()
    return at.start.index, at.end.index


def _length(span: Span) -> int:
    return span[1] - span[0]


def _holds(outer: Span, inner: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _around(node: SgNode, kinds: Iterable[str]) -> Span:
    return next((_span(n) for n in node.ancestors() if n.kind() in kinds), (0, 2**62))


def _name(node: SgNode) -> str:
    """A name that values are given to: a variable, or a member of the object itself."""
    if node.kind() in ("identifier", "shorthand_field_initializer"):
        return node.text()
    own = node.kind() in ("attribute", "field_expression") and node.named_children()[0].text() in ("self", "this")
    return node.text() if own else ""


def _names(node: SgNode) -> Iterator[str]:
    if name := _name(node):
        yield name
    elif node.kind() in _MEMBERS:
        yield from _names(node.named_children()[0])
    else:
        for child in node.named_children():
            yield from _names(child)


def _base(node: SgNode) -> SgNode:
    """The variable in `x[i].y`, `x.begin()`, `begin(x)` and `&x`."""
    while not _name(node):
        inner = node.named_children()[:1] if node.kind() in (*_MEMBERS, "pointer_expression") else ()
        if node.kind() in _CALLS:
            inner = [*_objects(node), *_arguments(node)][:1]
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


def _objects(call: SgNode) -> tuple[SgNode, ...]:
    """What a method is called on; nothing for a function."""
    called = call.field("function")
    if called is not None and called.kind() in ("generic_function", "template_method"):
        called = called.named_children()[0]
    return (called.named_children()[0],) if called is not None and called.kind() in _MEMBERS else ()


def _arguments(call: SgNode) -> list[SgNode]:
    arguments = call.field("arguments")
    return [] if arguments is None else arguments.named_children()

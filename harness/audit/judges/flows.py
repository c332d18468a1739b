"""Whether what a rule matched comes from something: names are followed back to what they were given in their function.

Settings: `value` is the variable of the pattern that is followed (the match itself without it), `from` what it must come
from (a matcher for each language), `through` a regex of further calls that hand on what they are given, and `unless` a
`value` and a `from` of the same kind that must not be so. Calls of other names are ends: nothing is known of what they
give back.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from harness.audit.judges.registry import Case, Judged, judge
from harness.audit.matching import Match
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
        "assignment": ("left", "right"), "augmented_assignment": ("left", "right"), "named_expression": ("name", "value"),
        "for_statement": ("left", "right"), "for_in_clause": ("left", "right"),
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
    within: Span | None = None
    adds: bool = False


class Origins:
    """What every name of a file is given."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.given: dict[str, list[Given]] = defaultdict(list)
        name = source.language.name
        self.giving = _GIVING[name]
        kinds = (*self.giving, *_OTHERS[name], *source.language.functions, "expression_statement")
        for node in source.root.find_all({"rule": {"any": [{"kind": kind} for kind in kinds]}}):
            self._learn(node)

    def leads(self, node: SgNode, targets: set[Span], through: re.Pattern[str], seen: set[Span] | None = None) -> bool:
        """Whether a value comes from one of the places that are wanted."""
        seen = set() if seen is None else seen
        span = _span(node)
        if span in targets:
            return True
        if span in seen:
            return False
        seen.add(span)
        name = _name(node)
        parts = self._given_to(name, span) if name else self._parts(node, through)
        return any(self.leads(part, targets, through, seen) for part in parts)

    def _learn(self, node: SgNode) -> None:
        kind = node.kind()
        if kind in self.giving:
            left, right = (node.field(field) for field in self.giving[kind])
            if left is not None and right is not None:
                within = _span(node.parent() or node) if kind in _WITHIN else None
                # `x[i] = y`, `x += y` add to what x was
                operator = node.field("operator")
                adds = left.kind() in _MEMBERS or (operator is not None and operator.text() != "=")
                for names, value in _pairs(left, right):
                    self._give(names, (value,), node, right.range().end.index, within, adds)
        elif kind == "match_arm":
            matched = next((n for n in node.ancestors() if n.kind() == "match_expression"), None)
            value, pattern = matched and matched.field("value"), node.field("pattern")
            if value is not None and pattern is not None:
                self._give(pattern, (value,), node, 0, _span(node))
        elif kind == "closure_expression":
            self._closure(node)
        elif kind == "expression_statement":
            self._changed(node)
        else:
            kind = "parameter_list" if self.source.language.name == "cpp" else "parameters"
            for parameters in node.find_all({"rule": {"kind": kind}}):
                self._give(parameters, (), parameters, node.range().start.index, None)

    def _closure(self, node: SgNode) -> None:
        """The parameters of a closure are what the method is called on: `scores.iter().map(|score| …)`."""
        call = next((n for n in node.ancestors() if n.kind() == "call_expression"), None)
        parameters = node.field("parameters")
        if call is not None and parameters is not None:
            self._give(parameters, _objects(call), node, 0, _span(node))

    def _changed(self, node: SgNode) -> None:
        """`x.append(y)` changes x; in C++ `std::sort(x.begin(), …)` and `tokenize(text, &x)` do, too."""
        call = node.find({"rule": {"kind": self.source.language.calls[0]}})
        if (
            call is None
            or _span(call)[1] < node.range().end.index - 1
            or any(a.kind() in self.giving for a in _up(call, node))
        ):
            return
        changed = [*_objects(call), *(_arguments(call) if self.source.language.name == "cpp" else ())]
        for one in changed:
            base = one
            while base.kind() in (*_MEMBERS, *_CALLS, "pointer_expression") and not _name(base):
                base = base.named_children()[0]
            self._give(base, (call,), node, _span(call)[1], None, adds=True)

    def _give(
        self,
        names: SgNode,
        values: tuple[SgNode, ...],
        node: SgNode,
        after: int,
        within: Span | None,
        adds: bool = False,
    ) -> None:
        functions = self.source.language.functions
        holder, block = _around(node, functions), _around(node, _BLOCKS)
        for name in _names(names):
            self.given[name].append(Given(values, after, holder, block, within, adds))

    def _given_to(self, name: str, at: Span) -> Iterator[SgNode]:
        known = [given for given in self.given.get(name, ()) if _holds(given.holder, at)]
        bound = [given for given in known if given.within and _holds(given.within, at)]
        if bound:
            yield from min(bound, key=lambda given: _length(given.within or at)).values
            return
        before = [given for given in known if not given.within and given.after <= at[0]]
        innermost = min((_length(given.holder) for given in before), default=0)
        for given in sorted(before, key=lambda given: -given.after):
            if _length(given.holder) == innermost:
                yield from given.values
                if not given.adds and _holds(given.block, at):
                    return

    def _parts(self, node: SgNode, through: re.Pattern[str]) -> Iterable[SgNode]:
        kind = node.kind()
        if kind in _ENDS:
            return ()
        if kind in _CALLS or kind == "macro_invocation":
            macro = node.field("macro")
            called = macro.text() if macro is not None else self.source.language.callee(node)[0]
            if called and not _HANDS_ON.search(called) and not through.search(called):
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


@judge("flows")
def flows(case: Case) -> Iterator[Judged]:
    """Keep the matches whose value comes from what is asked for."""
    settings, unless = case.settings, case.settings.get("unless")
    kept = tuple(
        match
        for match in case.matches
        if _comes(match, settings, settings) and not (unless and _comes(match, unless, settings))
    )
    if kept:
        yield Judged(kept)


def _comes(match: Match, asked: Mapping[str, Any], settings: Mapping[str, Any]) -> bool:
    matcher = asked["from"].get(match.source.language.name)
    followed = match.node.get_match(asked["value"]) if "value" in asked else None
    if matcher is None or (followed is None and asked is not settings):
        return False
    targets = {_span(node) for node in match.source.root.find_all(dict(matcher))}
    through = re.compile(settings.get("through", "$^"))
    return _origins(match.source).leads(followed or match.node, targets, through)


@lru_cache(maxsize=4)
def _origins(source: Source) -> Origins:
    return Origins(source)


def _span(node: SgNode) -> Span:
    at = node.range()
    return at.start.index, at.end.index


def _length(span: Span) -> int:
    return span[1] - span[0]


def _holds(outer: Span, inner: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _around(node: SgNode, kinds: Iterable[str]) -> Span:
    return next((_span(n) for n in node.ancestors() if n.kind() in kinds), (0, 2**62))


def _up(node: SgNode, until: SgNode) -> Iterator[SgNode]:
    for ancestor in node.ancestors():
        if _span(ancestor) == _span(until) and ancestor.kind() == until.kind():
            return
        yield ancestor


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

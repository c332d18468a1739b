"""What a program does where something fails or comes out wrong: branches of tests, and handlers of errors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.audit.nodes import holds, of_kinds, span
from harness.audit.values.constants import numbers
from harness.audit.values.given import CALLS, ELEMENTS, arguments, given, name_of, sides
from harness.audit.values.places import RETURNS, filled, variable

if TYPE_CHECKING:
    from ast_grep_py import SgNode

    from harness.audit.source import Source

#: Steps from a test to the variables that hold what it said.
STEPS = 2
_NOT = re.compile(r"^(!|~|not\b)")
_RAISES = re.compile(r"^(raise|throw|panic|bail|return\s+Err|(std::)?abort|sys\.exit|unreachable)")
_LEAVES = re.compile(rf"{_RAISES.pattern}|^(return|continue|break)\b")
_LOOPS = frozenset({"for_statement", "for_expression", "for_range_loop", "for_in_clause", "let_condition"})
_DECLARES = frozenset({"init_declarator", "let_declaration"})
_BLOCKS = frozenset({"block", "compound_statement", "else_clause"})
_STOPS = re.compile(r"_statement$|^(block|declaration)$")
#: Calls that put something in the place of what a test is true of.
_REPLACES = re.compile(r"^(where\w*|masked_fill_?|index_put_?|copyto|putmask|place|replace_if|unwrap_or\w*|for_each)$")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is done, or given, where something failed, what where it did not, and what both are part of."""

    failed: SgNode | None
    worked: SgNode | None
    whole: SgNode


@dataclass(frozen=True, slots=True)
class Put:
    """A number that is put somewhere, and the code that does it."""

    number: SgNode
    by: SgNode


class Outcomes:
    """What a file does where something fails or comes out wrong."""

    def __init__(self, source: Source) -> None:
        self.source, self.language = source, source.language

    def of_test(self, test: SgNode, fails: bool, steps: int = STEPS) -> Iterator[Outcome]:
        """What is done by a test, which holds where something failed, or where it did not."""
        inner = test
        for outer in test.ancestors():
            kind = outer.kind()
            if branches := self._branches(outer, inner):
                failed, worked = branches if fails else branches[::-1]
                yield Outcome(failed, worked, outer)
                return
            if replacing := list(self._replacing(outer, inner)):
                yield from (Outcome(value, None, outer) for value in replacing)
                return
            if kind in self.language.gives and kind not in _LOOPS:
                yield from self._by_name(outer, fails, steps)
                return
            if _STOPS.search(kind) and not self._is_in_closure(outer):
                return
            fails = fails is not bool(len(outer.named_children()) == 1 and _NOT.match(outer.text()))
            inner = outer

    def _branches(self, outer: SgNode, test: SgNode) -> tuple[SgNode | None, SgNode | None] | None:
        """What is done where a test holds, and where it does not, if it is the condition of what is around it."""
        condition = outer.field("condition")
        if outer.kind() == "conditional_expression" and self.language.name == "python":
            first, condition, last = (part for part in outer.named_children() if part.kind() != "comment")
            return (first, last) if span(condition) == span(test) else None
        if condition is None or span(condition) != span(test):
            return None
        arm = outer.parent() if outer.kind() == "match_pattern" else None
        return (arm.field("value"), None) if arm else (outer.field("consequence"), outer.field("alternative"))

    def _replacing(self, outer: SgNode, test: SgNode) -> Iterable[SgNode]:
        """What puts numbers where a test holds: a value of `where(…)`, the whole of `scores[isnan(scores)] = 0`."""
        if outer.kind() in ELEMENTS and span(outer.named_children()[0]) != span(test):
            assignment = outer.parent()
            return [assignment] if assignment is not None and assignment.kind() in self.language.gives else []
        if outer.kind() not in CALLS or not _REPLACES.match(self.language.callee(outer)[0]):
            return []
        others = [argument for argument in arguments(outer) if not holds(span(argument), span(test))]
        values = [a for a in others if any(numbers(a, self.language)) or a.kind() in self.language.closures]
        # a number for either case is a mask
        return values if len(values) < max(2, len(others)) else []

    def _by_name(self, naming: SgNode, fails: bool, steps: int) -> Iterator[Outcome]:
        """What is done by a test whose result has a name."""
        left, _ = sides(naming, self.language)
        function = next((n for n in naming.ancestors() if n.kind() in self.language.functions), None)
        if left is None or not name_of(left) or function is None or not steps:
            return
        for use in of_kinds(function, (left.kind(),)):
            if use.text() == left.text() and span(use)[0] >= span(naming)[1]:
                yield from self.of_test(use, fails, steps - 1)

    def _is_in_closure(self, node: SgNode) -> bool:
        kinds = (*self.language.closures, *self.language.functions)
        return next((n.kind() for n in node.ancestors() if n.kind() in kinds), "") in self.language.closures

    def puts(self, outcome: Outcome) -> Iterator[Put]:
        """Numbers that are put somewhere because something failed."""
        failed = outcome.failed
        ends = "" if failed is None else _last(failed)
        if _RAISES.match(ends):
            return
        found = [] if failed is None else list(self._in(failed))
        yield from found
        if not found and not _LEAVES.match(ends):
            yield from self._kept(outcome)
            yield from self._behind(outcome)

    def _in(self, failed: SgNode) -> Iterator[Put]:
        """Numbers that a branch gives back, assigns, adds to something, or is."""
        for value in self._tails(failed):
            yield from (Put(number, value) for number in numbers(value, self.language))
        kinds = {*RETURNS[self.language.name], *self.language.calls, *self.language.gives} - _LOOPS
        for node in of_kinds(failed, kinds):
            yield from (Put(n, node) for value in self._values(node) for n in numbers(value, self.language))

    def _values(self, node: SgNode) -> list[SgNode]:
        """What something gives back, assigns, or adds."""
        if node.kind() in CALLS:
            into = filled(node, self.source)
            return [] if into is None else [a for a in arguments(node) if span(a) != span(into)]
        if node.kind() not in self.language.gives:
            return node.named_children()
        right, operator = sides(node, self.language)[1], node.field("operator")
        is_counted = operator is not None and operator.text() != "="
        return [] if right is None or is_counted else [right]

    def _tails(self, node: SgNode) -> Iterator[SgNode]:
        """The values that an expression, a block or a closure may have."""
        kind, parts = node.kind(), node.named_children()
        if kind in self.language.closures:
            yield from self._tails(node.field("body") or node)
        elif kind in _BLOCKS or kind == "expression_statement":
            is_value = bool(parts) and self.language.name == "rust" and not parts[-1].text().endswith(";")
            yield from self._tails(parts[-1]) if is_value else ()
        elif kind == "if_expression":
            for branch in (node.field("consequence"), node.field("alternative")):
                yield from self._tails(branch) if branch is not None else ()
        elif not _STOPS.search(kind):
            yield node

    def _kept(self, outcome: Outcome) -> Iterator[Put]:
        """Numbers that something was given before, and keeps where what was tried does not come to change it."""
        kinds = {*self.language.calls, *self.language.gives} - _LOOPS - _DECLARES
        for node in of_kinds(outcome.worked, kinds) if outcome.worked is not None else ():
            into = filled(node, self.source) if node.kind() in CALLS else sides(node, self.language)[0]
            for value in given(variable(into)) if into is not None else ():
                if span(value)[1] <= span(outcome.whole)[0]:
                    yield from (Put(number, value.parent() or value) for number in numbers(value, self.language))

    def _behind(self, outcome: Outcome) -> Iterator[Put]:
        """Numbers that are given back behind what gives back a value where all went well."""
        if outcome.worked is None or not re.match(r"return\b", _last(outcome.worked)):
            return
        around = outcome.whole.parent()
        whole = around if around is not None and around.kind() == "expression_statement" else outcome.whole
        following = next((node for node in whole.next_all() if node.is_named()), None)
        if following is not None and following.field("condition") is None:
            yield from self._in(following)


def _last(node: SgNode) -> str:
    """The last statement of a block, as it is written; an expression itself."""
    while node.kind() in _BLOCKS and node.named_children():
        node = node.named_children()[-1]
    return node.text()

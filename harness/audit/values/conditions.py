"""What must hold for a place to be reached: the conditions and cases around it, and what was ruled out before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.audit.languages import LANGUAGES
from harness.audit.nodes import span
from harness.audit.values.given import CALLS, arguments

if TYPE_CHECKING:
    from ast_grep_py import SgNode

FUNCTIONS = frozenset(kind for language in LANGUAGES.values() for kind in language.functions)
_BRANCHES = frozenset({"if_statement", "elif_clause", "conditional_expression", "if_expression"})
_ARMS = frozenset({"case_clause", "case_statement", "match_arm"})
_BLOCKS = frozenset({"block", "compound_statement", "module"})
_LEAVES = re.compile(r"(return|raise|throw|continue)_(statement|expression)")
_ASSERTS = re.compile(r"\w*(assert|ensure|check)\w*!?[ (]", re.IGNORECASE)
#: A pattern that takes whatever the other ones leave: `_`, or a name for it.
_REST = re.compile(r"default|_|[a-z]\w*")


@dataclass(frozen=True, slots=True)
class Condition:
    """What was asked, an expression or the pattern of a case, and whether it was so."""

    node: SgNode
    holds: bool


def conditions(node: SgNode) -> Iterator[Condition]:
    """What was asked on the way from the function around to a node, the nearest first."""
    below = node
    for above in node.ancestors():
        kind = above.kind()
        if kind in FUNCTIONS:
            return
        if kind in _BRANCHES:
            yield from _asked(above, below)
        elif kind in _ARMS:
            yield from of_arm(above)
        elif kind in _BLOCKS:
            yield from _ruled_out(above, below)
        below = above


def branches(node: SgNode) -> tuple[SgNode, ...]:
    """The condition of a choice, what follows where it holds, and what follows where not; nothing for no choice."""
    if node.kind() not in _BRANCHES:
        return ()
    fields = [node.field(name) for name in ("condition", "consequence", "alternative")]
    if fields[0] is None:  # Python's `one if condition else other`
        parts = [child for child in node.named_children() if child.kind() != "comment"]
        return (parts[1], parts[0], parts[2]) if len(parts) == 3 else ()
    return tuple(field for field in fields if field is not None) if fields[1] is not None else ()


def of_arm(arm: SgNode) -> Iterator[Condition]:
    """What an arm is for: its own pattern, or none of the others."""
    if not _is_rest(arm):
        yield Condition(arm.named_children()[0], True)
        return
    for other in (arm.parent() or arm).named_children():
        if other.kind() == arm.kind() and not _is_rest(other):
            yield Condition(other.named_children()[0], False)


def _is_rest(arm: SgNode) -> bool:
    is_labelled = arm.kind() == "case_statement"
    written = arm.text().partition(":")[0] if is_labelled else arm.named_children()[0].text()
    return _REST.fullmatch(written) is not None


def _asked(above: SgNode, below: SgNode) -> Iterator[Condition]:
    if not (parts := branches(above)):
        return
    condition, consequence = parts[:2]
    if span(below) == span(consequence):
        yield Condition(condition, True)
    elif span(below) != span(condition):
        yield Condition(condition, False)
        for clause in above.named_children():
            asked = clause.field("condition") if clause.kind() == "elif_clause" else None
            if asked is not None and span(clause)[1] <= span(below)[0]:
                yield Condition(asked, False)


def _ruled_out(block: SgNode, below: SgNode) -> Iterator[Condition]:
    """What was asserted before: `assert x`, `if not x: raise …`."""
    for statement in block.named_children():
        if span(statement)[0] >= span(below)[0]:
            return
        inner = statement.named_children()[:1] if statement.kind() == "expression_statement" else [statement]
        for asked in inner:
            if _ASSERTS.match(asked.text()):
                yield Condition(next(iter(_asserted(asked)), asked), True)
            elif (parts := branches(asked)) and _leaves(parts[1]):
                yield Condition(parts[0], False)


def _asserted(node: SgNode) -> list[SgNode]:
    if node.kind() in CALLS:
        return arguments(node)
    return node.named_children() if node.kind() == "assert_statement" else []


def _leaves(consequence: SgNode) -> bool:
    """Whether a branch goes nowhere but out."""
    inner = [consequence, *consequence.named_children()]
    inner += [child for node in inner if node.kind() == "expression_statement" for child in node.named_children()]
    return any(_LEAVES.fullmatch(node.kind()) for node in inner)

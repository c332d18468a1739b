"""Devices as code speaks of them: where a condition holds, and which device a value says where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from harness.audit.nodes import of_kinds
from harness.audit.values.conditions import branches, conditions, of_arm
from harness.audit.values.given import CALLS, ELEMENTS, MEMBERS, arguments, given, name_of, objects

if TYPE_CHECKING:
    from ast_grep_py import SgNode

    from harness.audit.languages import Language
    from harness.audit.tree import Tree

Devices = frozenset[str]

EVERYWHERE: Devices = frozenset({"cuda", "mps", "cpu"})
NOWHERE: Devices = frozenset()
_ALIASES = {"gpu": "cuda", "metal": "mps"}
_DEVICE = re.compile(r"(?i)(?<![a-z])(?:is_?|k)?(cuda|mps|cpu|xpu|gpu|metal)(?![a-z])")
#: A value that says one device: `"cuda:0"`, `at::kCPU`, `Device::Cuda(0)`, the name of the method in `x.cuda()`.
_SAYS = re.compile(r"""(?i)(["']|(\w+::)*k?)(cuda|mps|cpu|xpu|metal)(:\d+)?["']?(\(.*\))?""")
#: `torch.cuda.is_available()` tells of the machine: where it is so CUDA is used, one supposes; else anything may be.
_OF_THE_MACHINE = re.compile(r"(?i)\b(cuda|mps|xpu)(\.|::)\w")
#: Who asks whether there is an autocast for the device has taken care.
_OF_AUTOCAST = re.compile(r"(?i)(autocast|amp)_available")
_NEGATED = re.compile(r"!=|\bnot in\b|\bis not\b")
_WRAPPED = (
    "parenthesized_expression", "condition_clause", "block", "else_clause", "reference_expression", "return_statement",
    "return_expression",
)  # fmt: skip
#: What makes a device, or a text, of a device that it is given.
_MAKES = re.compile(r"(?i)((\w+[.:]+)*device|str|some|into|as_str|to_string|to_owned|clone)")
#: Steps from an expression to what it may stand for.
_STEPS = 8


@dataclass(frozen=True, slots=True)
class Split:
    """The devices on which something may be so, and those on which it may not."""

    holds: Devices
    fails: Devices

    def turned(self, turned: bool = True) -> Split:
        """The opposite."""
        return Split(self.fails, self.holds) if turned else self

    def both(self, other: Split) -> Split:
        """Whether both are so."""
        return Split(self.holds & other.holds, self.fails | other.fails)

    def any(self, other: Split) -> Split:
        """Whether at least one is so."""
        return Split(self.holds | other.holds, self.fails & other.fails)

    def or_else(self, other: Split) -> Split:
        """The one or the other, and nobody knows which."""
        return Split(self.holds | other.holds, self.fails | other.fails)


ALWAYS = Split(EVERYWHERE, NOWHERE)
_UNKNOWN = Split(EVERYWHERE, EVERYWHERE)


@dataclass(frozen=True, slots=True)
class Choice:
    """What an expression may stand for, and on which devices it may."""

    node: SgNode
    devices: Devices

    @property
    def device(self) -> str:
        """The device that it says; empty where it says none."""
        text = self.node.text()
        return named(text)[0] if _SAYS.fullmatch(text) else ""


def named(text: str) -> list[str]:
    """The devices that a text names."""
    return [_ALIASES.get(name, name) for name in map(str.lower, _DEVICE.findall(text))]


def split(node: SgNode, steps: int = _STEPS) -> Split:
    """On which devices a condition holds."""
    parts, operator = node.named_children(), node.field("operator")
    word = "" if operator is None else operator.text()
    if node.kind() in _WRAPPED and parts:
        return split(parts[-1], steps)
    if node.kind() in ("not_operator", "unary_expression") and node.text().startswith(("not", "!")):
        return split(parts[-1], steps).turned()
    left, right = node.field("left"), node.field("right")
    if left is not None and right is not None and word in ("and", "&&"):
        return split(left, steps).both(split(right, steps))
    if left is not None and right is not None and word in ("or", "||"):
        return split(left, steps).any(split(right, steps))
    values = given(node) if steps and name_of(node) else []
    if values:
        return reduce(Split.or_else, [split(value, steps - 1) for value in values])
    return _told(node.text())


def _told(text: str) -> Split:
    """What a comparison, a call or a pattern tells by the devices that it names."""
    if text in ("True", "true", "False", "false"):
        return ALWAYS.turned(text.lower() == "false")
    if _OF_AUTOCAST.search(text):
        return Split(NOWHERE, NOWHERE)
    devices = frozenset(named(text))
    if not devices:
        return _UNKNOWN
    if _OF_THE_MACHINE.search(text):
        return Split(devices, EVERYWHERE)
    return Split(devices, EVERYWHERE - devices).turned(_NEGATED.search(text) is not None)


def reached(node: SgNode) -> Split:
    """On which devices a place is reached."""
    asked = (split(condition.node).turned(not condition.holds) for condition in conditions(node))
    return reduce(Split.both, asked, ALWAYS)


def choices(node: SgNode, tree: Tree, language: Language, on: Devices, steps: int = _STEPS) -> Iterator[Choice]:
    """What an expression may stand for on some devices: ends of conditions, tables, variables and functions."""
    parts = list(_parts(node, tree, language)) if steps else []
    for part, devices in parts:
        yield from choices(part, tree, language, on & devices, steps - 1)
    if not parts:
        yield Choice(node, on)


def _parts(node: SgNode, tree: Tree, language: Language) -> Iterator[tuple[SgNode, Devices]]:
    if chosen := branches(node):
        asked = split(chosen[0])
        yield from zip(chosen[1:], (asked.holds, asked.fails), strict=False)
    elif node.kind() == "match_expression":
        for arm in of_kinds(node, ("match_arm",)):
            tests = (split(test.node).turned(not test.holds) for test in of_arm(arm))
            yield arm.named_children()[-1], reduce(Split.both, tests, ALWAYS).holds
    elif node.kind() in ("argument_list", "initializer_list"):
        yield from ((child, EVERYWHERE) for child in node.named_children()[:1])
    elif node.kind() in _WRAPPED:
        yield from ((child, EVERYWHERE) for child in node.named_children()[-1:])
    elif node.kind() in CALLS and (called := node.field("function")) and _MAKES.fullmatch(called.text().split(".")[-1]):
        yield from ((part, EVERYWHERE) for part in [*arguments(node), *objects(node)][:1])
    elif table := list(_table(node)):
        yield from table
    elif values := given(node) if name_of(node) else []:
        yield from _given(values)
    else:
        yield from ((value, reached(value).holds) for value in _returned(node, tree, language))


def _given(values: list[SgNode]) -> Iterator[tuple[SgNode, Devices]]:
    """What a variable is given, the last first: what came before it is left where the condition did not hold."""
    left = EVERYWHERE
    for value in values:
        here = reached(value)
        yield value, here.holds & left
        left &= here.fails or left


def _table(node: SgNode) -> Iterator[tuple[SgNode, Devices]]:
    """What is found in a table that has devices as its keys: `{"mps": "cpu"}[device.type]`, `.get(kind, "cpu")`."""
    gets = node.kind() in CALLS and node.text().partition("(")[0].endswith(".get")
    base = objects(node) if gets else node.named_children()[:1] if node.kind() in ELEMENTS else ()
    left = EVERYWHERE
    for pairs in [table for name in base for table in (name, *given(name))]:
        for pair in (child for child in pairs.named_children() if child.kind() == "pair"):
            key, value = pair.field("key"), pair.field("value")
            keys = frozenset(named("" if key is None else key.text()))
            left -= keys
            yield from [(value, keys)] if value is not None else ()
    yield from ((default, left) for default in (arguments(node)[1:2] if gets else ()))


def _returned(node: SgNode, tree: Tree, language: Language) -> Iterator[SgNode]:
    """What a function of the tree gives back, or a property of the object."""
    is_property = node.kind() in MEMBERS and node.text().startswith("self.")
    called = node if is_property else node.field("function")
    name = "" if called is None else re.split(r"[.:>]", called.text())[-1]
    for function in tree.functions(language.name, name):
        yield from language.returned(tree.source(function.path).node_of(function))

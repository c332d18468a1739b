"""Whether autocast is asked for a device that may not be the tensor's.

Settings, regexes for each language: `said` finds what a literal says (`"cuda"`, `at::kCPU`), `varies` what is written
where the device is a variable, `fixes` a value that says one device once and for all, `moves` finds the devices that
tensors are moved to by their names, and `named` the device in the name of a function.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.audit.given import given
from harness.audit.judges.origins import within
from harness.audit.judges.registry import Case, Judged, judge

if TYPE_CHECKING:
    from ast_grep_py import SgNode

    from harness.audit.matching import Match

_CONDITIONALS = ("if_statement", "elif_clause", "conditional_expression", "if_expression")
_FUNCTIONS = ("function_definition", "function_item", "lambda", "lambda_expression")
_TYPES = ("class_definition", "class_specifier", "struct_specifier", "impl_item")
_LEAVES = ("return_statement", "raise_statement", "throw_statement", "continue_statement")
_NAMES = ("identifier", "attribute", "field_identifier", "field_expression")
_SELECTS = re.compile(
    r"""(?i)["'](cuda|mps|cpu|gpu)\b|is_cuda|is_mps|is_cpu|k(CUDA|MPS|CPU)\b|DeviceType::|Device::(Cuda|Mps|Cpu)\b"""
)
_NEGATES = re.compile(r"!=|\bnot\b|!\s*[\w(]|\bis False\b")
_DISABLED = re.compile(r"^(False|false)$")
#: Names of functions that are for CUDA without saying so.
_CUDA = {"gpu": "cuda", "autocast": "cuda", "set_enabled": "cuda"}
_STEPS = 3


@dataclass(frozen=True, slots=True)
class Condition:
    """What was asked before something is reached, with what its variables are given, and whether it was so."""

    text: str
    holds: bool

    def selects(self, device: str) -> bool:
        """Whether nothing but that device is left: `if device.type == "cuda"`, or `else` after `!= "cuda"`."""
        asked = re.search(device, self.text, re.IGNORECASE) is not None
        others = re.search("mps", self.text, re.IGNORECASE) is not None and device != "mps"
        return asked and not (others and self.holds) and self.holds is not bool(_NEGATES.search(self.text))


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that an expression may have, and under which conditions."""

    node: SgNode
    conditions: tuple[Condition, ...]


@judge("autocast")
def autocast(case: Case) -> Iterator[Judged]:
    """Keep the calls whose device is fixed, or mapped to another one, where tensors may be elsewhere."""
    kept = tuple(match for match in case.matches if _elsewhere(match, case))
    if kept:
        yield Judged(kept)


def _elsewhere(match: Match, case: Case) -> bool:
    regexes = {key: re.compile(value) for key, value in case.settings[match.source.language.name].items()}
    if match.text("MAPPED"):
        return True
    enabled, device = match.node.get_match("ENABLED"), match.node.get_match("DEVICE")
    if enabled is not None and _DISABLED.search(enabled.text()):
        return False
    around = list(conditions(match.node))
    if enabled is not None and enabled.kind() not in ("true", "True"):
        around.append(Condition(_expanded(enabled), True))
    if device is None:
        named = regexes["named"].search(match.text())
        said = "" if named is None else next(filter(None, named.groups()), "")
        return named is not None and _unsure(_CUDA.get(said, said), around, match.node, case, regexes)
    return any(
        _unsure(said[1].lower(), [*choice.conditions, *around], choice.node, case, regexes)
        for choice in choices(device, case, _STEPS)
        if (said := regexes["said"].search(choice.node.text())) and not _is_own(device, match.node)
    ) or _maps(device)


def _unsure(device: str, asked: list[Condition], node: SgNode, case: Case, regexes: dict[str, re.Pattern[str]]) -> bool:
    """Whether tensors may be on another device than the one that is named."""
    if any(re.search(r"(?i)autocast_available|amp_available", condition.text) for condition in asked):
        return False
    if any(condition.selects(device) for condition in asked):
        return False
    if device != "cuda" and any(condition.selects("cuda") for condition in asked):
        return False
    both = [c for c in asked if not c.holds and re.search("cuda", c.text) and re.search("mps", c.text)]
    if device == "cpu" and both and not any(_NEGATES.search(condition.text) for condition in both):
        return False
    if any(_SELECTS.search(condition.text) for condition in asked):
        return True
    scopes = [n for n in node.ancestors() if n.kind() in (*_FUNCTIONS, *_TYPES, "decorated_definition")]
    scopes = scopes or [node, *node.ancestors()][-1:]
    moved = _moved(scopes, regexes)
    if moved or _varies(scopes, regexes):
        return device not in moved if moved else True
    return not asked and any(
        (bool(moved := _moved(users, regexes)) and device not in moved) or (not moved and _varies(users, regexes))
        for users in _users(scopes, case)
    )


def _moved(scopes: list[SgNode], regexes: dict[str, re.Pattern[str]]) -> set[str]:
    """The devices that tensors are moved to by their names."""
    found = (found for scope in scopes for found in regexes["moves"].finditer(scope.text()))
    return {next(filter(None, said.groups()), "").lower() for said in found}


def _users(scopes: list[SgNode], case: Case) -> Iterator[list[SgNode]]:
    """What is around each use of a helper that turns autocast on, where the helper itself knows of no device."""
    name = next((n.text() for scope in reversed(scopes) if (n := _name(scope)) is not None), "")
    if not re.search(r"(?i)(?-i:amp|AMP|Amp)|autocast|mixed|precision|scope|guard", name):
        return
    own = case.matches[0].source
    for source in case.tree.mentioning(name, own.language.name):
        uses = (n for n in within(source.root) if n.text() == name and n.kind() in ("identifier", "type_identifier"))
        for use in uses:
            around = [n for n in use.ancestors() if n.kind() in (*_FUNCTIONS, *_TYPES)]
            if around and not any(_name(n) == use for n in around) and not list(conditions(use)):
                yield around


def _name(scope: SgNode) -> SgNode | None:
    """The name of a function, or of a type."""
    name = scope.field("name") or scope.field("declarator")
    return name.field("declarator") or name if name is not None else None


def _varies(scopes: list[SgNode], regexes: dict[str, re.Pattern[str]]) -> bool:
    """Whether the device is a variable in the function or the type around, that is not fixed there."""
    variable = next((found for scope in scopes if (found := regexes["varies"].search(scope.text()))), None)
    if variable is None:
        return False
    called = next(filter(None, variable.groups()), "")
    names = [n for n in within(scopes[-1]) if n.kind() in _NAMES and n.text() == called]
    values = [value.text() for name in names[:1] for value in given(name)]
    return not values or not all(regexes["fixes"].search(value) for value in values)


def _is_own(device: SgNode, call: SgNode) -> bool:
    """Whether the variable is itself what tensors are moved to."""
    if device.kind() not in _NAMES:
        return False
    name = re.escape(device.text())
    moved = rf"\.to\(\s*{name}\b(?!\.)|device\s*=\s*(torch\.device\()?{name}\b(?!\.)|torch\.device\({name}\b"
    scope = [n for n in call.ancestors() if n.kind() in (*_FUNCTIONS, *_TYPES)][-1:] or list(call.ancestors())[-1:]
    return re.search(moved, scope[0].text()) is not None


def _maps(device: SgNode) -> bool:
    """Whether a table leads from mps, or from all that it does not hold, to the CPU."""
    texts = [device.text(), *(value.text() for n in within(device) if n.kind() in _NAMES for value in given(n))]
    return any(re.search(r"""["']mps["']\s*:\s*["']cpu|\.get\([^,()]*type[^,()]*,\s*["']cpu["']\)""", t) for t in texts)


def choices(node: SgNode, case: Case, steps: int) -> Iterator[Choice]:
    """What an expression may stand for: the ends of conditions, variables and helper functions."""
    kind = node.kind()
    if kind in ("conditional_expression", "if_expression"):
        parts = _parts(node)
        for part, holds in ((parts[1], True), (parts[2], False)) if len(parts) == 3 else ():
            for choice in choices(part, case, steps):
                yield Choice(choice.node, (Condition(_expanded(parts[0]), holds), *choice.conditions))
    elif kind == "match_expression":
        for arm in (n for n in within(node) if n.kind() == "match_arm"):
            if (value := arm.field("value")) is not None:
                for choice in choices(value, case, steps):
                    yield Choice(choice.node, (_case(arm), *choice.conditions))
    elif kind in ("parenthesized_expression", "block", "else_clause"):
        for child in node.named_children():
            yield from choices(child, case, steps)
    elif steps and (values := _values(node, case)):
        for value in values:
            before = tuple(conditions(value))
            yield from (Choice(c.node, (*before, *c.conditions)) for c in choices(value, case, steps - 1))
    else:
        yield Choice(node, ())


def _parts(node: SgNode) -> list[SgNode]:
    """Condition, consequence and alternative of a conditional expression."""
    fields = [node.field(name) for name in ("condition", "consequence", "alternative")]
    if fields[0] is None:
        one, condition, other = node.named_children()[:3]
        return [condition, one, other]
    return [field for field in fields if field is not None]


def _values(node: SgNode, case: Case) -> list[SgNode]:
    """What a variable is given, or what a function, or a property, of the tree gives back."""
    if node.kind() in _NAMES and (values := given(node)):
        return values
    is_property = node.kind() == "attribute" and node.text().startswith("self.")
    called = node if is_property else node.field("function")
    if called is None:
        return []
    name = re.split(r"[.:>]", called.text())[-1]
    language = case.matches[0].source.language.name
    found = []
    for function in case.tree.functions(language, name):
        body = case.tree.source(function.path).node_of(function)
        returned = [n for n in within(body) if n.kind() in ("return_statement", "return_expression")]
        found += [child for statement in returned for child in statement.named_children()[:1]]
        block = body.field("body") if language == "rust" else None
        found += [n for n in block.named_children()[-1:] if n.kind().endswith("_expression")] if block else []
    return found


def conditions(node: SgNode) -> Iterator[Condition]:
    """What was asked on the way from the function around to a node, the nearest first."""
    below = node
    for above in node.ancestors():
        kind = above.kind()
        if kind in _CONDITIONALS:
            yield from _asked(above, below)
        elif kind in ("case_clause", "case_statement", "match_arm"):
            yield _case(above)
        elif kind in ("block", "compound_statement", "module"):
            yield from _left(above, below)
        elif kind in _FUNCTIONS:
            return
        below = above


def _asked(above: SgNode, below: SgNode) -> Iterator[Condition]:
    condition, consequence = above.field("condition"), above.field("consequence")
    if above.kind() == "conditional_expression" and condition is None:
        consequence, condition = above.named_children()[:2]
    if condition is None or consequence is None or below.range().start == condition.range().start:
        return
    holds = below.range().start == consequence.range().start
    yield Condition(_expanded(condition), holds)
    for clause in above.named_children() if not holds else ():
        asked = clause.field("condition") if clause.kind() == "elif_clause" else None
        if asked is not None and clause.range().end.index <= below.range().start.index:
            yield Condition(_expanded(asked), False)


def _case(clause: SgNode) -> Condition:
    """What an arm is for: its own pattern, or none of the others."""
    pattern = clause.named_children()[0].text()
    if pattern != "_" and not clause.text().startswith("default"):
        return Condition(pattern, True)
    others = [n for n in (clause.parent() or clause).named_children() if n.kind() == clause.kind()]
    return Condition(" ".join(other.named_children()[0].text() for other in others if other != clause), False)


def _left(block: SgNode, below: SgNode) -> Iterator[Condition]:
    """What cannot be so any more: `if device.type != "cuda": raise …` stood before, or an assertion."""
    for statement in block.named_children():
        if statement.range().start.index >= below.range().start.index:
            return
        if statement.kind() == "assert_statement" and statement.named_children():
            yield Condition(_expanded(statement.named_children()[0]), True)
        call = statement.named_children()[0] if statement.kind() == "expression_statement" else None
        if call is not None and re.match(r"\w*(CHECK|assert|ASSERT)\w*\(", call.text()):
            yield Condition(_expanded(call), True)
        condition, consequence = statement.field("condition"), statement.field("consequence")
        if statement.kind() == "if_statement" and condition is not None and consequence is not None:
            leaves = [consequence, *consequence.named_children()]
            if any(n.kind() in _LEAVES for n in leaves):
                yield Condition(_expanded(condition), False)


def _expanded(condition: SgNode) -> str:
    """A condition with what its variables are given."""
    values = (value.text() for n in within(condition) if n.kind() in _NAMES for value in given(n)[:3])
    return " ".join([condition.text(), *values])

"""Judge `one-label`: whether softmax runs over an axis of length one.

A match is a call of softmax, a softmax that is handed over (`act = F.softmax`, a layer), $VALUE divided by $SUM, or a
loop over $COUNT labels. Settings, all of them regexes: `labels` is what says how many labels there are, `single` what
says that there is one, `number` names of single numbers, `row` those of single rows, and `unless` functions and classes
that are about something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from harness.audit.judges.registry import Case, Judged, judge
from harness.audit.nodes import of_kinds
from harness.audit.values.arrays import Arrays
from harness.audit.values.axes import UNKNOWN, length
from harness.audit.values.conditions import Condition, conditions
from harness.audit.values.following import walk_back
from harness.audit.values.given import CALLS, given, name_of
from harness.audit.values.operations import Call

if TYPE_CHECKING:
    from ast_grep_py import SgNode

    from harness.audit.matching import Match

Regexes = Mapping[str, re.Pattern[str]]
_SOFTMAX = re.compile(r"(?i)soft_?max")
_EXP, _SUM = re.compile(r"(^|\W)expf?$"), re.compile(r"^(sum|accumulate|reduce|fold)")
_COUNT = re.compile(r"(^|\W)(len|size|count|numel|length)$")
#: Libraries of C++ whose softmax is given an axis, rather than how many numbers there are.
_OF_ARRAYS = re.compile(r"torch|\bat::|ggml_")
_COMPARED = re.compile(r"(?P<count>[^\s=<>!&|,]+?)\s*(?P<how>[=<>!]=|<|>|\bis\b|,)\s*(?P<number>[12])(?![\w.])")
_CASE_OF_ONE = re.compile(r"(0\s*\|\s*)?1([ui]\d+|usize)?")
_ONE = {("==", "1"), ("is", "1"), ("<=", "1"), ("<", "2"), (",", "1")}
_SEVERAL = {(">", "1"), ("!=", "1"), (">=", "2")}
_AND, _OR = re.compile(r"\band\b|&&"), re.compile(r"\bor\b|\|\|")
_CASES = {"match_expression": "value", "match_statement": "subject", "switch_statement": "condition"}


@judge("one-label", within_file=True)
def one_label(case: Case) -> Iterator[Judged]:
    """Keep what is softmax over a single value."""
    regexes = {key: re.compile(regex) for key, regex in case.settings.items()}
    kept = tuple(match for match in case.matches if _is_over_one(match, regexes))
    if kept:
        yield Judged(kept)


def _is_over_one(match: Match, regexes: Regexes) -> bool:
    node = match.node
    if regexes["unless"].search(match.place.symbol):
        return False
    is_single = any(_says_single(asked, regexes) for asked in conditions(node))
    arrays = Arrays(match.source, (0, 1) if is_single else UNKNOWN, regexes["number"], regexes["row"])
    count, value, total = (node.get_match(name) for name in ("COUNT", "VALUE", "SUM"))
    if count is not None:
        return arrays.number(count) == 1 or (is_single and regexes["labels"].search(count.text()) is not None)
    if value is not None and total is not None:
        return _is_share_of_one(value, total, arrays)
    call = _softmax(node, arrays) if node.kind() in CALLS else None
    if call is not None and call.subject is not None:
        return _is_softmax_of_one(call, arrays)
    is_softmax = call is not None or node.kind() not in CALLS
    return is_softmax and (is_single or _is_handed_to_one(node, arrays) or _is_behind_one(node, arrays))


def _softmax(node: SgNode, arrays: Arrays) -> Call | None:
    """A call of softmax, be it as a layer of some name; without a subject where the layer is made."""
    call, function = arrays.call(node), node.field("function")
    for value in given(function) if function is not None else ():
        made = arrays.call(value) if value.kind() in CALLS else None
        if made is not None and _SOFTMAX.search(made.name):
            return Call(made.name, call.subject, (*call.rest, *filter(None, [made.subject]), *made.rest))
    if not _SOFTMAX.search(call.name):
        return None
    is_made = call.name.endswith("Softmax") and function is not None and function.kind() not in CALLS
    return Call(call.name, None, ()) if is_made else call


def _is_softmax_of_one(call: Call, arrays: Arrays) -> bool:
    axes, axis, text = arrays.axes(call.subject), arrays.axis(call), arrays.source.text
    if arrays.source.language.name == "cpp" and not _OF_ARRAYS.search(text):
        return axes == (1,) or {arrays.number(node) for node in call.rest} - {None} == {1}
    if axis is None and "scipy" in text:
        return axes == (1,)
    return length(axes, -1 if axis is None or call.name.startswith("ggml_") else axis) == 1


def _is_share_of_one(value: SgNode, total: SgNode, arrays: Arrays) -> bool:
    """Whether the exponential of a single number is divided by itself."""
    ways = [walk_back([node], arrays.source.root, _summed) for node in (value, total)]
    share, summed = ([*way] for way in ways)
    if not all(any(_EXP.search(node.text()) for node in nodes if name_of(node)) for nodes in (share, summed)):
        return False
    calls = [arrays.call(node) for node in summed if node.kind() in CALLS]
    for call in calls:
        if "sum" in call.name and call.subject is not None and call.subject.text() == value.text():
            axes, axis = arrays.axes(value), arrays.axis(call)
            return axes == (1,) if axis is None else length(axes, axis) == 1
    if not any(_SUM.search(call.name) for call in calls) and not any(_is_added(node) for node in summed):
        return False
    single = {node.text() for node in summed if name_of(node) and arrays.axes(node) == (1,)}
    return any(node.text() in single for node in share)


def _summed(node: SgNode) -> list[SgNode]:
    """What an expression is made of; how many values there are says nothing of them."""
    called = node.field("function") if node.kind() in CALLS else None
    return [] if called is not None and _COUNT.search(called.text()) else node.named_children()


def _is_added(node: SgNode) -> bool:
    parent = node.parent()
    return parent is not None and any(child.text() == "+=" for child in parent.children())


def _is_handed_to_one(node: SgNode, arrays: Arrays) -> bool:
    """Whether a softmax is handed to what is made for one label: `pipeline(…, num_labels=1, function_to_apply=…)`."""
    parent, call = node.parent(), next((around for around in node.ancestors() if around.kind() in CALLS), None)
    if parent is None or call is None or parent.kind() != "keyword_argument":
        return False
    return arrays.is_for_one_label or arrays.outputs(call) == 1


def _is_behind_one(layer: SgNode, arrays: Arrays) -> bool:
    """Whether the layer before a softmax, in a list of layers, gives one number."""
    for around in (layer, *layer.ancestors()):
        if around.kind().endswith(("statement", "declaration")):
            return False
        outputs = [outputs for before in around.prev_all() if (outputs := arrays.outputs(before)) is not None]
        if outputs:
            return outputs[0] == 1
    return False


def _says_single(asked: Condition, regexes: Regexes) -> bool:
    """Whether a condition says that there is one label."""
    text, holds = asked.node.text(), asked.holds
    if "pattern" in asked.node.kind() or asked.node.kind() == "number_literal":
        chosen = next((node for node in asked.node.ancestors() if node.kind() in _CASES), None)
        subject = chosen.field(_CASES[chosen.kind()]) if chosen is not None and holds else None
        is_one = _CASE_OF_ONE.fullmatch(text) and subject is not None and _counts(subject.text(), subject, regexes)
        return bool(is_one) or (holds and re.fullmatch(r"\[\s*\w+\s*\]", text) is not None)
    parts, other = (_AND.split(text), _OR) if holds else (_OR.split(text), _AND)
    return any(_part_says(part.strip(" ()"), asked, regexes) for part in parts if not other.search(part))


def _part_says(part: str, asked: Condition, regexes: Regexes) -> bool:
    is_negated = re.match(r"not |!", part) is not None
    holds = asked.holds is not is_negated
    for found in _COMPARED.finditer(part):
        is_told = (found["how"], found["number"]) in (_ONE if holds else _SEVERAL)
        if is_told and _counts(found["count"], asked.node, regexes):
            return True
    return holds and regexes["single"].search(part) is not None


def _counts(text: str, within: SgNode, regexes: Regexes) -> bool:
    """Whether an expression, or what a name was given, says how many labels there are."""
    named = (name for name in of_kinds(within, ("identifier",)) if name.text() == text.strip("()"))
    told = [text, *(value.text() for name in named for value in given(name))]
    return any(regexes["labels"].search(said) for said in told)

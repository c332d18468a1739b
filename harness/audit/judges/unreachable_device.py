"""Whether code for a device can be reached at all: whether anything in the tree ever chooses that device.

A function chooses a device where its result leads to one, and is told the device by its caller where the result leads
to a parameter. Settings: `chooser` is a regex of what such functions are called, `told` one of how somebody outside
says which device to use; matchers for each language are `others`, for devices other than the one in question, and
`chosen` (with `mentions`, of which a file holds one), for that one where it is not only asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from harness.audit.judges.registry import Case, Judged, judge
from harness.audit.nodes import find, span
from harness.audit.values.following import walk_back
from harness.audit.values.given import CALLS, MEMBERS, arguments, objects
from harness.audit.values.handed import name_of_parameter, parameters
from harness.audit.whole_tree import files_of, is_said_in, is_test, stands_in

if TYPE_CHECKING:
    from ast_grep_py import SgNode

    from harness.audit.source import Function
    from harness.audit.tree import Tree

_IS_NO_DEVICE = frozenset({"comparison_operator", "string", "string_literal", "type_arguments", "macro_invocation"})
#: What was found of a tree, by language and settings.
_KNOWN: WeakKeyDictionary[Tree, dict[tuple[str, int], list[Function]]] = WeakKeyDictionary()


@judge("unreachable-device")
def unreachable_device(case: Case) -> Iterator[Judged]:
    """Keep everything, with the functions that choose a device as evidence, where nothing chooses that one."""
    first = case.matches[0]
    known, key = _KNOWN.setdefault(case.tree, {}), (first.source.language.name, id(case.settings))
    if key not in known:
        known[key] = _choosers(case.tree, first.source.language.name, case.settings)
    if known[key] and not is_test(first.place.path):
        told = (f"{f.symbol} ({f.path}:{case.tree.source(f.path).line_of(f.start)})" for f in known[key])
        yield Judged(tuple(case.matches), evidence=f"devices are chosen by {', '.join(told)}")


def _choosers(tree: Tree, language: str, settings: Mapping[str, Any]) -> list[Function]:
    """The functions that choose a device; none where the device in question is chosen, or may be."""
    if stands_in(tree, language, settings["chosen"]) or is_said_in(tree, language, re.compile(settings["told"])):
        return []
    named = re.compile(rf"\b\w*(?:{settings['chooser']})\w*(?=\s*[(<])")
    names = {name for file in files_of(tree, language) for name in named.findall(file.text)}
    choosers = []
    for function in (f for name in sorted(names) for f in tree.functions(language, name) if not is_test(f.path)):
        given_back = list(_given_back(tree, function, settings["others"][language]))
        if any(is_device for _, is_device in given_back):
            choosers.append(function)
            told = set(map(name_of_parameter, parameters(tree.source(function.path).node_of(function))))
            if any(node.text() in told for node, _ in given_back):
                return []
    return choosers


def _given_back(tree: Tree, function: Function, others: Mapping[str, Any]) -> Iterator[tuple[SgNode, bool]]:
    """Everything that the result of a function comes from, and whether it is a device."""
    source = tree.source(function.path)
    within = source.node_of(function)
    devices = {span(node) for node in find(within, others)}
    results = source.language.returned(within)
    behind = walk_back(results, source.root, lambda node: () if span(node) in devices else _parts(node))
    return ((node, span(node) in devices) for node in behind)


def _parts(node: SgNode) -> Iterable[SgNode]:
    """Parts of an expression that say which device it is: of `torch.device(kind, index)` that is the kind."""
    kind, children = node.kind(), node.named_children()
    if kind in _IS_NO_DEVICE:
        return ()
    if kind in CALLS:
        return (*objects(node), *arguments(node)[:1])
    if kind in MEMBERS or kind == "binary_operator":
        return children[:1]
    if kind in ("match_arm", "keyword_argument", "field_initializer"):
        return children[-1:]
    if kind == "conditional_expression" and node.field("condition") is None:  # Python's
        return children[::2]
    if kind == "block":
        return children[-1:]
    condition = node.field("condition") or (node.field("value") if kind == "match_expression" else None)
    return [child for child in children if condition is None or span(child) != span(condition)]

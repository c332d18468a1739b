"""Whether autocast is asked for another device than the one that the tensors are on, or may be on.

A rule's matcher binds DEVICE, what autocast is asked for, or else NAMED, whose name says it (CUDA where it says none),
and perhaps ENABLED. Setting: `moves`, for each language a matcher of the devices that tensors are put on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from harness.audit.judges.registry import Case, Judged, judge
from harness.audit.nodes import find, span
from harness.audit.values.conditions import FUNCTIONS, conditions
from harness.audit.values.devices import EVERYWHERE, Choice, choices, named, reached, split

if TYPE_CHECKING:
    from ast_grep_py import SgNode

    from harness.audit.matching import Match

_SCOPES = FUNCTIONS | {"class_definition", "class_specifier", "struct_specifier", "impl_item", "decorated_definition"}
#: Helpers that turn autocast on for whoever calls them.
_HELPER = re.compile(r"(?i)(?-i:amp|AMP|Amp)|autocast|mixed|precision|scope|guard")


@judge("autocast")
def autocast(case: Case) -> Iterator[Judged]:
    """Keep the calls whose device is fixed, or mapped to another one, where tensors may be elsewhere."""
    kept = tuple(match for match in case.matches if any(_is_another(said, match, case) for said in _said(match, case)))
    if kept:
        yield Judged(kept)


def _said(match: Match, case: Case) -> Iterator[Choice]:
    """The devices that autocast may be asked for, each with those on which it is then asked for it."""
    device, enabled = match.node.get_match("DEVICE"), match.node.get_match("ENABLED")
    here = reached(match.node)
    on = (here if enabled is None else here.both(split(enabled))).holds
    if device is None:
        yield Choice(match.node, on)
        return
    found = choices(device, case.tree, match.source.language, on)
    yield from (choice for choice in found if choice.device)


def _is_another(said: Choice, match: Match, case: Case) -> bool:
    """Whether the tensors may be on another device than the one that is said."""
    device = said.device or [*named(match.text("NAMED")), "cuda"][0]
    scope = _scope(match.node)
    moves = _moves(scope, case)
    if any(span(move.node) == span(said.node) for move in moves):
        return False
    if said.devices != EVERYWHERE:
        return bool(said.devices - {device})
    moves = moves or [move for user in _users(scope, match, case) for move in _moves(user, case)]
    return any(move.device != device for move in moves)


def _scope(node: SgNode) -> SgNode:
    """The outermost function or type around a node, else the file."""
    around = [node, *node.ancestors()]
    return next((n for n in reversed(around) if n.kind() in _SCOPES), around[-1])


def _moves(scope: SgNode, case: Case) -> list[Choice]:
    """What tensors are put on in a scope. What is put on the CPU, and there alone, are results."""
    language = case.matches[0].source.language
    found = []
    for node in find(scope, case.settings["moves"][language.name]):
        ends = list(choices(node, case.tree, language, EVERYWHERE))
        found += [] if {end.device for end in ends} == {"cpu"} else ends
    return found


def _users(scope: SgNode, match: Match, case: Case) -> Iterator[SgNode]:
    """What is around each use of a helper that turns autocast on and knows of no device itself."""
    language = match.source.language
    name = language.name_of(scope)
    if not name or not _HELPER.search(name):
        return
    identifiers = {"rule": {"any": [{"kind": kind} for kind in language.names], "regex": f"^{name}$"}}
    for source in case.tree.mentioning(name, language.name):
        for use in find(source.root, identifiers):
            around = _scope(use)
            if around.text() != scope.text() and not list(conditions(use)):
                yield around

"""Whether what a rule matched comes from something, across functions: a call leads to what the function of the tree
gives back, and a parameter to what callers give for it, or that call alone through which its function was come to.

Settings: as for `flows` `value`, `from`, `through`, `ends` and `of` (here to any depth: an `of` may have its own), `or`
what of these differs where the match has another variable, and `types`, for each language a regex of declarations: what
is declared so is come from, unless it is looked into by a key. To `ends`, what is taken by its place is `[]`; what is
looked up by a word is come from only where `through` has the word.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from harness.audit.calls import COMMON, MANY, OF_ANYTHING
from harness.audit.judges.registry import Case, Judged, judge
from harness.audit.nodes import span
from harness.audit.source import Function, Source
from harness.audit.tree import Tree
from harness.audit.values.following import Ways, walk_back
from harness.audit.values.given import CALLS, ELEMENTS, given
from harness.audit.values.handed import argument, default_of, file_of, name_of_parameter, parameters

if TYPE_CHECKING:
    from ast_grep_py import SgNode

    from harness.audit.matching import Match

#: Functions that are gone through on one way; calls of one that are looked at, for what has more is for anything, and
#: files with its name; and nodes that are looked at for one value.
STEPS = 4
CALLERS = 12
NODES = 1000
#: Names that do not say which function is meant, but in its own file.
_VAGUE = COMMON | OF_ANYTHING


@judge("flows-across")
def flows_across(case: Case) -> Iterator[Judged]:
    """Keep the matches whose value comes from what is asked for."""
    trail, settings = Trail(case.tree), case.settings
    asked = ({**settings, **settings["or"]}, settings) if "or" in settings else (settings,)
    kept = tuple(match for match in case.matches if trail.leads(*_followed(match, asked)))
    if kept:
        yield Judged(kept)


def _followed(match: Match, asked: Iterable[Mapping[str, Any]]) -> tuple[At, Mapping[str, Any]]:
    """What is followed of a match, a variable or else itself, and what is asked of that."""
    for each in asked:
        value = match.node.get_match(each["value"])
        if value is not None:
            return At(match.source, value), each
    return At(match.source, match.node), each


@dataclass(frozen=True, slots=True)
class At:
    """A node of a file, how many functions were gone through to it, and the call by which its own was come to."""

    source: Source
    node: SgNode
    steps: int = 0
    call: At | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """What makes it the same place, come to by the same call."""
        call = self.call and (self.call.source.path, span(self.call.node))
        return self.source.path, span(self.node), self.node.kind(), call


class Trail:
    """The way back from values, through the functions of a tree."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree

    def leads(self, start: At, asked: Mapping[str, Any]) -> bool:
        """Whether a value comes from what is asked for."""
        waiting, seen, ways = deque([start]), set[object](), Ways.of(asked)
        while waiting and len(seen) < NODES:
            for here in _behind(waiting.popleft(), ways, seen):
                if self._is_asked_for(here, asked):
                    return True
                waiting += self._beyond(here)
        return False

    def _is_asked_for(self, at: At, asked: Mapping[str, Any]) -> bool:
        found, of = file_of(at.source).matched(asked).get(span(at.node)), asked.get("of")
        if found is None:
            return _is_of_type(at, asked.get("types", {}).get(at.source.language.name))
        value = found.get_match(of["value"]) if of else None
        return of is None or value is None or self.leads(replace(at, node=value), of)

    def _beyond(self, at: At) -> Iterable[At]:
        """Where a value comes from in other functions."""
        if at.steps == STEPS:
            return ()
        if at.node.kind() in CALLS:
            return self._given_back(at)
        return self._handed_in(at) if at.node.kind() == "identifier" and not given(at.node) else ()

    def _given_back(self, at: At) -> Iterator[At]:
        """What the function gives back that is called."""
        language = at.source.language
        name = language.callee(at.node)[0]
        named = self.tree.functions(language.name, name)
        near = [function for function in named if function.path == at.source.path]
        far = [] if name in _VAGUE or len(named) > MANY else named
        for function in near or far:
            source = self.tree.source(function.path)
            yield from (At(source, value, at.steps + 1, at) for value in language.returned(source.node_of(function)))

    def _handed_in(self, at: At) -> Iterator[At]:
        """What a parameter is given: by the call that was followed, or by every call that there is."""
        language, name = at.source.language, at.node.text()
        for around in at.node.ancestors():
            taken = parameters(around) if around.kind() in (*language.functions, *language.closures) else []
            for index, parameter in enumerate(taken):
                if name == name_of_parameter(parameter):
                    default = default_of(parameter)
                    yield from [] if default is None else [At(at.source, default, at.steps)]
                    for call in [at.call] if at.call else self._calls(at, around):
                        yield from (replace(call, node=value) for value in argument(call.node, index, name))
                    return

    def _calls(self, at: At, around: SgNode) -> list[At]:
        """Every call of a function; none where there are too many to say anything."""
        function: Function | None = file_of(at.source).functions.get(span(around))
        if function is None:
            return []
        name = function.owner if function.name == "__init__" else function.name
        paths = (function.path,) if name in _VAGUE else self.tree.few_mentioning(name, function.language, CALLERS)
        files = [file_of(self.tree.source(path)) for path in paths]
        found = [At(file.source, call, at.steps + 1) for file in files for call in file.calls.get(name, ())]
        return found if len(found) <= CALLERS else []


def _behind(at: At, ways: Ways, seen: set[object]) -> Iterator[At]:
    """Everything within its file that a value comes from, itself first, but for what was seen."""
    file, new = file_of(at.source), set[object]()

    def parts(node: SgNode) -> Iterable[SgNode]:
        return () if replace(at, node=node).key in seen else file.parts(node, ways)

    for node in walk_back([at.node], at.source.root, parts):
        here = replace(at, node=node)
        if here.key not in seen:
            new.add(here.key)
            yield here
    seen |= new


def _is_of_type(at: At, declared: str | None) -> bool:
    """Whether a variable is declared as one of some types, and not looked into by a key."""
    above = at.node.parent()
    is_keyed = above is not None and above.kind() in ELEMENTS
    return declared is not None and not is_keyed and bool(re.search(declared, file_of(at.source).declaration(at.node)))

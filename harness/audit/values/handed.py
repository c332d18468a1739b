"""What a file holds that leads beyond its functions: what they are called with and give back, and declarations."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from harness.audit.nodes import Span, find, of_kinds, span
from harness.audit.source import Function, Source
from harness.audit.values.following import Origins, Ways
from harness.audit.values.given import ELEMENTS, arguments, name_of

if TYPE_CHECKING:
    from ast_grep_py import SgNode

_OWN = re.compile(r"self|cls|&?(mut )?self")
Matcher = Mapping[str, Any]


@lru_cache(maxsize=64)
def file_of(source: Source) -> File:
    """A file, with what was found in it."""
    return File(source)


class File(Origins):
    """A file by its calls, its functions, its declarations, and what matchers find in it."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        # the matcher is kept, so that no other takes over its identity
        self._matched: dict[int, tuple[Matcher | None, dict[Span, SgNode]]] = {}

    def matched(self, asked: Mapping[str, Any]) -> Mapping[Span, SgNode]:
        """What is asked for, by its place."""
        matcher: Matcher | None = asked["from"].get(self.source.language.name)
        if id(matcher) not in self._matched:
            found = [] if matcher is None else find(self.source.root, matcher)
            self._matched[id(matcher)] = matcher, {span(node): node for node in found}
        return self._matched[id(matcher)][1]

    def parts(self, node: SgNode, ways: Ways) -> Iterable[SgNode]:
        """What an expression is made of; nothing, where it is looked up by a word or place that ways do not follow."""
        if node.kind() not in ELEMENTS:
            return self._parts(node, ways)
        key = node.named_children()[-1]
        words = [one.text() for one in (key, *key.named_children()) if one.kind() in self.source.language.texts]
        is_followed = ways.through.search(words[0].strip("\"'")) if words else not ways.ends.search("[]")
        return self._parts(node, ways) if is_followed else ()

    @cached_property
    def calls(self) -> Mapping[str, list[SgNode]]:
        """Every call, by the name of what is called."""
        found = defaultdict(list)
        for call in of_kinds(self.source.root, self.source.language.calls):
            found[self.source.language.callee(call)[0]].append(call)
        return found

    @cached_property
    def functions(self) -> Mapping[Span, Function]:
        """Every function that has a name, or is given one, by its place."""
        return {(each.start, each.end): each for each in (*self.source.functions, *self.source.closures)}

    def declaration(self, node: SgNode) -> str:
        """How a variable is declared, where it stands or else in the file."""
        name = name_of(node).rpartition(".")[2]
        functions = (around for around in node.ancestors() if around.kind() in self.source.language.functions)
        scopes = [*map(span, functions), (0, len(self.source.text))] if name else []
        return next((said for scope in scopes if (said := _declared(self.source, scope).get(name))), "")


@lru_cache(maxsize=256)
def _declared(source: Source, around: Span) -> Mapping[str, str]:
    found = re.finditer(source.language.declared, source.text[slice(*around)])
    return {each["name"]: each[0] for each in found}


def parameters(function: SgNode) -> list[SgNode]:
    """What a function takes, but for the object that it belongs to."""
    found, declared = function.field("parameters"), function.field("declarator")
    while found is None and declared is not None:
        found, declared = declared.field("parameters"), declared.field("declarator")
    return [one for one in found.named_children() if not _OWN.fullmatch(one.text())] if found else []


def name_of_parameter(parameter: SgNode) -> str:
    """What a parameter is called."""
    name = next(filter(None, map(parameter.field, ("name", "pattern", "declarator"))), None)
    words = re.findall(r"\w+", (name or (parameter.named_children() or [parameter])[0]).text())
    return words[-1] if words else ""


def default_of(parameter: SgNode) -> SgNode | None:
    """What a parameter is where it is not given."""
    return parameter.field("value") or parameter.field("default_value")


def argument(call: SgNode, index: int, name: str) -> list[SgNode]:
    """What a call gives for a parameter, by its name or its place."""
    handed = arguments(call)
    by_name = [one for one in handed if one.kind() == "keyword_argument" and one.named_children()[0].text() == name]
    return by_name or handed[index : index + 1]

"""Who calls whom in a tree, by names: there are no types here, so a path that is found may not be taken, but a path
that is taken is found in all but unusual code.

Beside plain calls it follows functions that are handed over (`post(rerank)`, `Thread(target=run)`), messages (whoever
sends `Command::Predict` reaches whoever matches it), and workers (what a type's constructor starts serves its methods).
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from harness.audit.source import Function
from harness.audit.tree import Tree

if TYPE_CHECKING:
    from ast_grep_py import SgNode

#: Methods of every library's types; called on an unknown object they lead nowhere.
COMMON = frozenset(
    "add append as_ref as_str await begin build clear clone close collect contains copy count cpu data default drop end "
    "entry erase extend filter find first flush format from get get_mut insert into into_iter is_empty items iter join "
    "keys last len length lock lower main map max min new next ok open pop push push_back read recv remove replace "
    "reserve resize result send set size sort split start step stop str strip take to to_string trim unwrap update "
    "upper value values view wait with write zip __init__ eval train forward".split()
)
CONSTRUCTORS = frozenset({"new", "__init__", "spawn", "start", "build", "from_pretrained"})
_STARTS = re.compile(r"\bspawn\b|\bThread\(|create_task|std::thread|std::async|run_in_executor|\bProcess\(|start_soon")
_WAITS = re.compile(r"\.await\b|\bawait\b|\brecv\b|\.get\(|\.wait\(|\.result\(")
_MESSAGE = re.compile(r"\b\w*(?:Command|Request|Message|Msg|Job|Task|Event|Op|Action)::\w+")
_NAME = re.compile(r"^[A-Za-z_]\w*$")


class Calls:
    """The calls of a tree; each function is looked at once, when it is first asked for."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._callees: dict[Function, tuple[Function, ...]] = {}
        self._callers: dict[Function, set[Function]] | None = None

    def callees(self, function: Function) -> tuple[Function, ...]:
        """Functions that a function calls, hands over or reaches by a message."""
        if function not in self._callees:
            self._callees[function] = tuple(dict.fromkeys(self._found(function)))
        return self._callees[function]

    def reached(self, function: Function) -> Iterator[Function]:
        """The function and all that it leads to, near ones first."""
        return (path[-1] for path in self.paths(function))

    def paths(self, function: Function) -> Iterator[tuple[Function, ...]]:
        """A shortest path to each function that `function` leads to, itself first."""
        came_from: dict[Function, Function | None] = {function: None}
        waiting = deque([function])
        while waiting:
            here = waiting.popleft()
            yield _path(here, came_from)
            for callee in self.callees(here):
                if callee not in came_from:
                    came_from[callee] = here
                    waiting.append(callee)

    def callers(self, function: Function) -> set[Function]:
        """Functions that call a function directly."""
        if self._callers is None:
            self._callers = {}
            for caller in self.tree.all_functions():
                for callee in self.callees(caller):
                    self._callers.setdefault(callee, set()).add(caller)
        return self._callers.get(function, set())

    def contains(self, function: Function, matchers: Mapping[str, Mapping[str, Any]]) -> bool:
        """Whether a matcher of the function's language matches within it."""
        matcher, node = matchers.get(function.language), self._node(function)
        return matcher is not None and node is not None and bool(node.find(dict(matcher)))

    def _node(self, function: Function) -> SgNode | None:
        return self.tree.source(function.path).node_of(function)

    def _found(self, function: Function) -> Iterator[Function]:
        source, node = self.tree.source(function.path), self._node(function)
        if node is None:
            return
        for call in _all(node, source.language.calls):
            name, on = source.language.callee(call)
            yield from self._resolved(name, on, function)
            for handed in _handed_over(call):
                yield from self._resolved(handed, "", function)
        yield from self._messages(node, function)
        yield from self._workers(node, function)

    def _resolved(self, name: str, on: str, caller: Function) -> Iterator[Function]:
        """Functions that a call may mean: of the caller's own type, of the type that is named, else by name."""
        candidates = [f for f in self.tree.functions(caller.language, name) if f != caller]
        if on in ("self", "this", "Self", "cls", "super()"):
            own = [f for f in candidates if _type(f.owner) == _type(caller.owner)]
            yield from own or [f for f in candidates if f.owner]
        elif on and (named := [f for f in candidates if _type(f.owner) == on]):
            yield from named
        elif on:
            yield from () if name in COMMON else candidates
        else:
            near = [f for f in candidates if f.path == caller.path and not f.owner]
            yield from near or [f for f in candidates if not f.owner] or self._made(name, caller.language)

    def _made(self, name: str, language: str) -> Iterator[Function]:
        """What runs where an object of a class of that name is made or called."""
        for member in self.tree.members(language, name):
            if member.name in CONSTRUCTORS or member.name in (name, "__call__"):
                yield member

    def _messages(self, node: SgNode, function: Function) -> Iterator[Function]:
        if function.language != "rust":
            return
        for message in set(_MESSAGE.findall(node.text())):
            for source in self.tree.mentioning(message, "rust"):
                for other in source.functions:
                    if other != function and _matches_on(source.text[other.start : other.end], message):
                        yield other

    def _workers(self, node: SgNode, function: Function) -> Iterator[Function]:
        if not function.owner or function.name in CONSTRUCTORS or not _WAITS.search(node.text()):
            return
        for member in self.tree.members(function.language, function.owner):
            made = member.name in CONSTRUCTORS or member.name == _type(function.owner)
            if made and member.path == function.path:
                text = self.tree.source(member.path).text[member.start : member.end]
                yield from self.callees(member) if _STARTS.search(text) else ()


def _type(owner: str) -> str:
    """The type of an owner: of `<Qwen3 as Model>` it is Qwen3."""
    return owner.removeprefix("<").partition(" as ")[0]


def _all(node: SgNode, kinds: tuple[str, ...]) -> list[SgNode]:
    return list(node.find_all({"rule": {"any": [{"kind": kind} for kind in kinds]}}))


def _handed_over(call: SgNode) -> Iterator[str]:
    """Names among the arguments of a call, of functions perhaps."""
    arguments = call.field("arguments")
    for argument in arguments.named_children() if arguments is not None else ():
        value = argument.field("value") if argument.kind() == "keyword_argument" else argument
        text = "" if value is None else value.text()
        name = text.rpartition(".")[2].rpartition("::")[2].lstrip("&")
        if _NAME.match(name):
            yield name


def _matches_on(text: str, message: str) -> bool:
    """Whether a piece of Rust has an arm, or an `if let`, for a message."""
    return re.search(re.escape(message) + r"\b[^=;]{0,200}?=>|let\s+" + re.escape(message), text, re.S) is not None


def _path(function: Function, came_from: Mapping[Function, Function | None]) -> tuple[Function, ...]:
    path, here = [function], came_from[function]
    while here is not None:
        path.append(here)
        here = came_from[here]
    return tuple(reversed(path))

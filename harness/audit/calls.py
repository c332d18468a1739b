"""Who calls whom in a tree, by names: there are no types here, so a path that is found may not be taken, but a path
that is taken is found in all but unusual code.

Beside plain calls it follows functions that are handed over (`post(rerank)`, `Thread(target=run)`), messages (whoever
sends `Command::Predict` reaches whoever matches it), and workers (what a type's constructor starts serves its methods).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from harness.audit.nodes import find, of_kinds
from harness.audit.source import Function, Source
from harness.audit.tree import EVERYTHING, Tree
from harness.audit.tree import types as types_of

if TYPE_CHECKING:
    from ast_grep_py import SgNode

#: Methods of every library's types; called on an unknown object they lead nowhere.
COMMON = frozenset({
    "add", "append", "as_ref", "as_str", "await", "begin", "build", "clear", "clone", "close", "collect",
    "contains", "copy", "count", "cpu", "data", "default", "drop", "end", "entry", "erase", "extend", "filter",
    "find", "first", "flush", "format", "from", "get", "get_mut", "insert", "into", "into_iter", "is_empty",
    "items", "iter", "join", "keys", "last", "len", "length", "lock", "lower", "main", "map", "max", "min", "new",
    "next", "ok", "open", "pop", "push", "push_back", "read", "recv", "remove", "replace", "reserve", "resize",
    "result", "send", "set", "size", "sort", "split", "start", "step", "stop", "str", "strip", "take", "to",
    "to_string", "trim", "unwrap", "update", "upper", "value", "values", "view", "wait", "with", "write", "zip",
    "__init__", "eval", "train", "forward",
})  # fmt: skip
#: Methods of tensors, arrays and all kinds of things, which say little of whose they are.
OF_ANYTHING = frozenset({
    "call", "execute", "handle", "process", "run",
    "abs", "all", "any", "argmax", "argsort", "cat", "cos", "cumsum", "decode", "detach", "div", "double", "encode",
    "exp", "eye", "expand", "flatten", "float", "gather", "half", "int", "linear", "load", "log", "log_softmax",
    "long", "matmul", "mean", "mul", "norm", "normalize", "numpy", "ones", "permute", "prod", "repeat", "reshape",
    "round", "save", "select", "sigmoid", "sin", "softmax", "sqrt", "squeeze", "stack", "std", "sub", "sum",
    "tolist", "topk", "transpose", "tril", "unsqueeze", "var", "view", "where", "zeros",
})  # fmt: skip
#: From so many functions of one name on, the name alone says little.
MANY = 6
#: Methods that run where an object is called as a function.
CALLED = ("forward", "__call__", "operator()")
CONSTRUCTORS = frozenset({"new", "__init__", "spawn", "start", "build", "from_pretrained"})
_STARTS = re.compile(r"\bspawn\b|\bThread\(|create_task|std::thread|std::async|run_in_executor|\bProcess\(|start_soon")
_WAITS = re.compile(r"\.await\b|\bawait\b|\brecv\b|\.get\(|\.wait\(|\.result\(")
_MESSAGE = re.compile(r"\b\w*(?:Command|Request|Message|Msg|Job|Task|Event|Op|Action)::\w+")
_NAME = re.compile(r"^[A-Za-z_]\w*$")


class Calls:
    """The calls of a tree; each function is looked at once, when it is first asked for."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._callees: dict[tuple[Function, bool], tuple[Function, ...]] = {}
        self._closures: dict[Function, SgNode] = {}
        self._matched: dict[tuple[str, int], list[int]] = {}

    def callees(self, function: Function, *, likely: bool = False) -> tuple[Function, ...]:
        """Functions that a function calls, hands over or reaches by a message; with `likely`, without those of which
        nothing but a common name says so.
        """
        key = (function, likely)
        if key not in self._callees:
            self._callees[key] = tuple(dict.fromkeys(self._found(function, likely)))
        return self._callees[key]

    def closure(self, source: Source, node: SgNode) -> Function:
        """A function without a name, to be asked about as any other."""
        function = source.closure(node)
        self._closures[function] = node
        return function

    def paths(
        self,
        functions: Iterable[Function],
        follows: Callable[[Function, Function], bool] = lambda caller, callee: True,
        *,
        likely: bool = False,
    ) -> Iterator[tuple[Function, ...]]:
        """A shortest path to each function that some lead to by calls to be followed, these themselves first."""
        came_from: dict[Function, Function | None] = dict.fromkeys(functions)
        waiting = deque(came_from)
        while waiting:
            here = waiting.popleft()
            yield _path(here, came_from)
            for callee in self.callees(here, likely=likely):
                if callee not in came_from and follows(here, callee):
                    came_from[callee] = here
                    waiting.append(callee)

    def callers(self, function: Function) -> Iterator[Function]:
        """Functions that call a function directly."""
        for source in self.tree.mentioning(function.name, function.language):
            for caller in source.functions:
                if function.name in source.text[caller.start : caller.end] and function in self.callees(caller):
                    yield caller

    def contains(self, function: Function, matchers: Mapping[str, Mapping[str, Any]]) -> bool:
        """Whether a matcher of the function's language matches within it."""
        matcher = matchers.get(function.language)
        if matcher is None:
            return False
        starts = self._starts(function.path, matcher)
        first = bisect_left(starts, function.start)
        return first < len(starts) and starts[first] < function.end

    def _starts(self, path: str, matcher: Mapping[str, Any]) -> list[int]:
        """Where a matcher matches in a file, in order; a file is searched once, for a matcher is costly to set up."""
        key = (path, id(matcher))
        if key not in self._matched:
            found = find(self.tree.source(path).root, matcher)
            self._matched[key] = sorted(node.range().start.index for node in found)
        return self._matched[key]

    def node(self, function: Function) -> SgNode:
        """The node of a function."""
        if function in self._closures:
            return self._closures[function]
        return self.tree.source(function.path).node_of(function)

    def _found(self, function: Function, likely: bool) -> Iterator[Function]:
        source, node = self.tree.source(function.path), self.node(function)
        for call in of_kinds(node, source.language.calls):
            name, on = source.language.callee(call)
            yield from self._resolved(name, on, function, likely)
            for handed in _handed_over(call):
                yield from self._handed(handed, function)
        yield from self._messages(node, function)
        yield from self._workers(node, function, likely)

    def _resolved(self, name: str, on: str, caller: Function, likely: bool) -> Iterable[Function]:
        """Functions that a call may mean: of the type of what it is called on where that can be told, else by name."""
        source = self.tree.source(caller.path)
        if not on:
            return self._free(name, caller)
        if on in source.language.own_names:
            return self._of_types(name, self._types(caller), caller) or self._attribute(name, source, caller)
        receiver = on.rpartition(".")[2].rpartition(">")[2].rpartition("::")[2]
        told = {receiver, *source.declared(receiver), *self.tree.type_like(caller.language, receiver)}
        if found := self._of_types(name, told, caller):
            return found
        named = [f for f in self.tree.functions(caller.language, name) if f != caller]
        says_little = name in COMMON or (likely and (name in OF_ANYTHING or len(named) > MANY))
        return [] if says_little else named

    def _of_types(self, name: str, types: set[str], caller: Function) -> list[Function]:
        """Functions of that name that belong to one of some types, or to one that derives from it."""
        known = types - EVERYTHING - {""}
        all_types = {kin for type in known for kin in self.tree.kin(caller.language, type)}
        members = [member for type in sorted(all_types) for member in self.tree.members(caller.language, type)]
        return [member for member in members if member.name == name and member != caller]

    def _types(self, function: Function) -> set[str]:
        return set(types_of(function.owner)) if function.owner else set()

    def _attribute(self, name: str, source: Source, caller: Function) -> list[Function]:
        """What runs where an attribute is called as a function: `self.head(x)` with `self.head = Head(…)`."""
        told = source.declared(name) | self.tree.type_like(caller.language, name)
        return [f for called in CALLED for f in self._of_types(called, told, caller)]

    def _free(self, name: str, caller: Function) -> Iterable[Function]:
        """Functions that a name alone may mean: of the same type where that needs no word, near ones first."""
        candidates = [f for f in self.tree.functions(caller.language, name) if f != caller]
        if caller.language == "cpp" and (own := [f for f in candidates if f.owner and f.owner == caller.owner]):
            return own
        near = [f for f in candidates if f.path == caller.path and not f.owner]
        free = near or [f for f in candidates if not f.owner]
        # in these languages a namespace or a module is an owner too
        return free or (candidates if caller.language != "python" else []) or self._made(name, caller)

    def _handed(self, name: str, caller: Function) -> list[Function]:
        """Functions that are handed over by name: free ones, and those of the caller's own type."""
        own = self._types(caller)
        named = [f for f in self.tree.functions(caller.language, name) if f != caller]
        return [f for f in named if not f.owner or own & set(types_of(f.owner))]

    def _made(self, name: str, caller: Function) -> Iterable[Function]:
        """What runs where an object of a class of that name is made, or called under a name like it."""
        types = self.tree.type_like(caller.language, name)
        members = [member for type in types for member in self.tree.members(caller.language, type)]
        return [m for m in members if m.name in CONSTRUCTORS or m.name in CALLED or m.name == m.owner]

    def _messages(self, node: SgNode, function: Function) -> Iterator[Function]:
        if function.language != "rust":
            return
        text = node.text()
        for message in {sent for sent in _MESSAGE.findall(text) if not _matches_on(text, sent)}:
            for source in self.tree.mentioning(message, "rust"):
                for other in source.functions:
                    if other != function and _matches_on(source.text[other.start : other.end], message):
                        yield other

    def _workers(self, node: SgNode, function: Function, likely: bool) -> Iterator[Function]:
        if not function.owner or function.name in CONSTRUCTORS or not _WAITS.search(node.text()):
            return
        for member in self.tree.members(function.language, types_of(function.owner)[0]):
            if member.path == function.path and (member.name in CONSTRUCTORS or member.name == member.owner):
                text = self.tree.source(member.path).text[member.start : member.end]
                yield from self.callees(member, likely=likely) if _STARTS.search(text) else ()


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

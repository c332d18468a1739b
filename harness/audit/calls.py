"""Who calls whom in a tree, by names: there are no types here, so a path that is found may not be taken, but a path
that is taken is found in all but unusual code.

Beside plain calls it follows functions that are handed over (`post(rerank)`, `Thread(target=run)`), messages (whoever
sends `Command::Predict` reaches whoever matches it), and workers (what a type's constructor starts serves its methods).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from harness.audit.messages import messages_in, received
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
#: Functions that one call may mean are followed up to so many; no more have one name but in files that a tool made.
MOST = 200
#: Methods that run where an object is called as a function.
CALLED = ("forward", "__call__", "operator()")
CONSTRUCTORS = ("new", "__init__", "spawn", "start", "build", "from_pretrained")
_STARTS = re.compile(r"\bspawn\b|\bThread\(|create_task|std::thread|std::async|run_in_executor|\bProcess\(|start_soon")
_WAITS = re.compile(r"\.await\b|\bawait\b|\brecv\b|\.get\(|\.wait\(|\.result\(")
_NAME = re.compile(r"^[A-Za-z_]\w*$")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Path:
    """Functions from the first to the last, each of which calls the next; paths share their beginnings."""

    last: Function
    before: Path | None = None

    def __iter__(self) -> Iterator[Function]:
        backwards, here = [self.last], self.before
        while here is not None:
            backwards.append(here.last)
            here = here.before
        return reversed(backwards)


class Calls:
    """The calls of a tree; each function is looked at once, when it is first asked for."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._free_ones: dict[tuple[str, str], dict[str, list[Function]]] = {}
        self._members: dict[tuple[str, str], dict[str, list[Function]]] = {}
        self._begun: dict[tuple[str, str], list[Function]] = {}
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
    ) -> Iterator[Path]:
        """A shortest path to each function that some lead to by calls to be followed, these themselves first."""
        seen = dict.fromkeys(functions)
        waiting = deque(map(Path, seen))
        while waiting:
            path = waiting.popleft()
            yield path
            for callee in self.callees(path.last, likely=likely):
                if callee not in seen and follows(path.last, callee):
                    seen[callee] = None
                    waiting.append(Path(callee, path))

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
        named = _others(self.tree.functions(caller.language, name), caller)
        says_little = name in COMMON or (likely and (name in OF_ANYTHING or len(named) > MANY))
        return [] if says_little else named

    def _in_files(self, language: str, name: str) -> dict[str, list[Function]]:
        """Functions of that name that belong to nothing, by their files."""
        if (language, name) not in self._free_ones:
            by_file = self._free_ones[language, name] = defaultdict(list)
            for function in self.tree.functions(language, name):
                if not function.owner:
                    by_file[function.path].append(function)
        return self._free_ones[language, name]

    def _of_type(self, language: str, type: str) -> dict[str, list[Function]]:
        """The functions of a type by their names."""
        if (language, type) not in self._members:
            by_name = self._members[language, type] = defaultdict(list)
            for member in self.tree.members(language, type):
                by_name[member.name].append(member)
        return self._members[language, type]

    def _of_types(self, name: str, types: set[str], caller: Function) -> list[Function]:
        """Functions of that name that belong to one of some types, or to one that derives from it."""
        known = types - EVERYTHING - {""}
        all_types = {kin for type in known for kin in self.tree.kin(caller.language, type)}
        named = (self._of_type(caller.language, type).get(name, ()) for type in sorted(all_types))
        return _others(chain.from_iterable(named), caller)

    def _types(self, function: Function) -> set[str]:
        return set(types_of(function.owner)) if function.owner else set()

    def _attribute(self, name: str, source: Source, caller: Function) -> list[Function]:
        """What runs where an attribute is called as a function: `self.head(x)` with `self.head = Head(…)`."""
        told = source.declared(name) | self.tree.type_like(caller.language, name)
        return [f for called in CALLED for f in self._of_types(called, told, caller)]

    def _free(self, name: str, caller: Function) -> Iterable[Function]:
        """Functions that a name alone may mean: of the same type where that needs no word, near ones first."""
        in_files = self._in_files(caller.language, name)
        if caller.language == "cpp" and caller.owner:
            types = types_of(caller.owner)
            own = (f for f in self._of_type("cpp", types[0]).get(name, ()) if f.owner == caller.owner)
            if found := _others(own, caller):
                return found
        near = _others(in_files.get(caller.path, ()), caller)
        found = near or _others(chain.from_iterable(in_files.values()), caller)
        if not found and caller.language != "python":  # a namespace or a module is an owner too
            found = _others(self.tree.functions(caller.language, name), caller)
        return found or self._made(name, caller)

    def _handed(self, name: str, caller: Function) -> list[Function]:
        """Functions that are handed over by name: free ones, and those of the caller's own type."""
        own = (self._of_type(caller.language, type).get(name, ()) for type in sorted(self._types(caller)))
        return _others(chain(*self._in_files(caller.language, name).values(), *own), caller)

    def _made(self, name: str, caller: Function) -> Iterable[Function]:
        """What runs where an object of a class of that name is made, or called under a name like it."""
        for type in sorted(self.tree.type_like(caller.language, name)):
            members = self._of_type(caller.language, type)
            for made in (*CONSTRUCTORS, *CALLED, type):
                yield from members.get(made, ())[:MOST]

    def _messages(self, node: SgNode, function: Function) -> Iterator[Function]:
        if function.language != "rust":
            return
        text = node.text()
        for message in sorted(messages_in(text).keys() - received(text)):
            yield from _others(self._receivers.get(message, ()), function)

    @cached_property
    def _receivers(self) -> dict[str, list[Function]]:
        """The functions of Rust that match on each message."""
        found = defaultdict[str, list[Function]](list)
        for file in self.tree.files.values():
            if file.language.name == "rust" and received(file.text):
                for function in self.tree.source(file.path).functions:
                    for message in received(file.text[function.start : function.end]):
                        found[message].append(function)
        return found

    def _workers(self, node: SgNode, function: Function, likely: bool) -> Iterator[Function]:
        """What the constructors of a method's type start, where the method waits for something."""
        if not function.owner or function.name in (*CONSTRUCTORS, *types_of(function.owner)):
            return
        if _WAITS.search(node.text()):
            for member in self._starting(function):
                yield from self.callees(member, likely=likely)[:MOST]

    def _starting(self, function: Function) -> list[Function]:
        """Constructors of a function's type, in its file, that start something."""
        type, key = types_of(function.owner)[0], (function.path, function.owner)
        if key not in self._begun:
            members = self._of_type(function.language, type)
            named = [m for name in (*CONSTRUCTORS, type) for m in members.get(name, ()) if m.path == function.path]
            text = self.tree.source(function.path).text
            self._begun[key] = [m for m in named[:MOST] if _STARTS.search(text, m.start, m.end)]
        return self._begun[key]


def _others(functions: Iterable[Function], caller: Function) -> list[Function]:
    """Functions without the one that calls, up to `MOST` of them."""
    return list(islice((f for f in functions if f != caller), MOST))


def _handed_over(call: SgNode) -> Iterator[str]:
    """Names among the arguments of a call, of functions perhaps."""
    arguments = call.field("arguments")
    for argument in arguments.named_children() if arguments is not None else ():
        value = argument.field("value") if argument.kind() == "keyword_argument" else argument
        text = "" if value is None else value.text()
        name = text.rpartition(".")[2].rpartition("::")[2].lstrip("&")
        if _NAME.match(name):
            yield name

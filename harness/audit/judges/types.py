"""The classes of a tree: what they derive from, which methods they leave to others and which they provide.

No judge of its own; judges ask it. Files are looked through as text, and parsed where a class in them is asked for.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from harness.audit.nodes import of_kinds

if TYPE_CHECKING:
    from ast_grep_py import SgNode

    from harness.audit.tree import Tree

_DEFINED = {
    "python": re.compile(r"^[ \t]*class\s+(\w+)\s*[(:\[]", re.M),
    "cpp": re.compile(r"\b(?:class|struct)\s+(?:[A-Z_]+\s+)?(\w+)[^;{}()]*\{"),
}
_DERIVED = {
    "python": re.compile(r"^[ \t]*class\s+(\w+)\s*(?:\[[^\]]*\])?\(([^:]*)\)\s*:", re.M),
    "cpp": re.compile(r"\b(?:class|struct)\s+(\w+)[^;{}()]*?[^:]:([^:][^{};]*)\{"),
}
#: How a class leaves a method to others.
_LEAVES = {"python": re.compile(r"\babstract\w+"), "cpp": re.compile(r"=\s*0\s*;")}
#: Classes before such a place that it may belong to: within a class, others may be defined.
_NESTED = 3
_OWNERS = {"python": ("class_definition",), "cpp": ("class_specifier", "struct_specifier")}
_FUNCTIONS = ("function_definition", "lambda")
#: Bases of libraries that provide none of a model's methods.
_EMPTY = frozenset({"ABC", "object", "Generic", "Protocol", "Module", "enable_shared_from_this", "noncopyable"})


@dataclass(frozen=True, slots=True)
class Type:
    """A class as it is written."""

    name: str
    path: str
    line: int
    bases: tuple[str, ...]
    abstract: frozenset[str]
    """Methods that it declares and leaves to others."""
    provided: frozenset[str]
    is_abstract: bool
    """Whether it says that it is a base for others."""
    constant: frozenset[str] = frozenset()
    """Methods that are const, in a language where that makes them others."""
    changing: frozenset[str] = frozenset()
    """Methods that are not, and do not say that they stand for another."""

    def provides(self, name: str, other: Type) -> bool:
        """Whether it has the method that another class leaves out; one that is const is not the one that is not."""
        differs = name in self.changing and name not in self.constant and name in other.constant - other.changing
        return name in self.provided and not differs


def _begin(found: re.Match[str]) -> int:
    return found.start()


class Types:
    """The classes of one language of a tree."""

    def __init__(self, tree: Tree, language: str) -> None:
        self.tree, self.language = tree, language
        self._paths: dict[str, set[str]] = defaultdict(set)
        self._above: dict[str, set[str]] = defaultdict(set)
        self._abstract: set[str] = set()
        for file in tree.files.values():
            if file.language.name == language:
                defined = list(_DEFINED[language].finditer(file.text))
                for found in defined:
                    self._paths[found[1]].add(file.path)
                leaves = [leaving.start() for leaving in _LEAVES[language].finditer(file.text)]
                for at in leaves:
                    self._abstract.update(found[1] for found in defined[: bisect(defined, at, key=_begin)][-_NESTED:])
                for name, bases in _DERIVED[language].findall(file.text):
                    self._above[name].update(re.findall(r"\w+", bases))
        self._derived = set[str]().union(*self._above.values())
        self._read: dict[str, list[Type]] = {}

    def find(self, name: str, near: str) -> Type | None:
        """The class of that name that a file means: its own, the one it imports, or the only one there is."""
        found = [t for path in sorted(self._paths.get(name, ())) for t in self._of(path) if t.name == name]
        own = [t for t in found if t.path == near]
        if len(own) == 1 or len(found) == 1:
            return (own or found)[0]
        imported = re.search(rf"from\s+(\S+)\s+import\b[^\n]*\b{re.escape(name)}\b", self.tree.files[near].text)
        module = imported[1].rpartition(".")[2] if imported else ""
        named = [t for t in found if module and module in (PurePath(t.path).stem, PurePath(t.path).parent.name)]
        return named[0] if len(named) == 1 else None

    def ancestors(self, type: Type) -> Iterator[Type | None]:
        """What a class derives from, all the way up; None for what the tree does not hold."""
        seen, waiting = {type.name}, [(base, type.path) for base in type.bases]
        while waiting:
            name, near = waiting.pop()
            if name in seen or name in _EMPTY:
                continue
            seen.add(name)
            found = self.find(name, near)
            yield found
            waiting += [] if found is None else [(base, found.path) for base in found.bases]

    def may_leave_out(self, name: str) -> bool:
        """Whether something that a class of that name derives from may leave methods to others, by names alone."""
        seen, waiting = set[str](), [name]
        while waiting:
            new = self._above.get(waiting.pop(), set()) - seen
            if not new.isdisjoint(self._abstract):
                return True
            seen |= new
            waiting += new
        return False

    def has_heirs(self, type: Type) -> bool:
        """Whether another class derives from one of that name."""
        return type.name in self._derived

    def is_made(self, type: Type) -> bool:
        """Whether an object of a class of that name is made somewhere."""
        name = re.escape(type.name)
        made = {
            "python": rf"(?<!class )(?<!\w)(?<!def ){name}\(",
            "cpp": rf"(make_(unique|shared)<\s*(\w+::)*{name}\s*[<>]|new\s+(\w+::)*{name}\b|"
            rf"^\s*(static |const )*(\w+::)*{name}\s+\w+\s*(;|\(|\{{)|[=(,]\s*(\w+::)*{name}\s*[({{])",
        }[self.language]
        texts = (file.text for file in self.tree.files.values() if file.language.name == self.language)
        return any(type.name in text and re.search(made, text, re.M) for text in texts)

    def _of(self, path: str) -> list[Type]:
        if path not in self._read:
            source = self.tree.source(path)
            read = _python if self.language == "python" else _cpp
            nodes = of_kinds(source.root, _OWNERS[self.language])
            self._read[path] = [read(node, path) for node in nodes if node.field("body") is not None]
        return self._read[path]


_KNOWN: WeakKeyDictionary[Tree, dict[str, Types]] = WeakKeyDictionary()


def types_of(tree: Tree, language: str) -> Types:
    """The classes of a tree, looked through once."""
    known = _KNOWN.setdefault(tree, {})
    if language not in known:
        known[language] = Types(tree, language)
    return known[language]


def _name(node: SgNode) -> str:
    name = node.field("name")
    return "" if name is None else name.text()


def _python(node: SgNode, path: str) -> Type:
    listed = node.field("superclasses")
    parts = [] if listed is None else listed.named_children()
    bases = tuple(
        re.sub(r"\[.*", "", p.text(), flags=re.S).rpartition(".")[2] for p in parts if p.kind() != "keyword_argument"
    )
    abstract: set[str] = set()
    provided: set[str] = set()
    for member in _members(node, ("class_definition",)):
        if member.kind() == "function_definition":
            above = member.parent()
            decorated = above is not None and above.kind() == "decorated_definition"
            marks = (
                above.text()[: member.range().start.index - above.range().start.index] if decorated and above else ""
            )
            (abstract if re.search(r"@\s*(abc\.)?abstract\w+", marks) else provided).add(_name(member))
        elif (left := member.field("left")) is not None:
            provided.update(re.findall(r"\w+", left.text()))
    says = any(base in ("ABC", "Protocol") for base in bases) or any("metaclass" in part.text() for part in parts)
    return _type(node, path, bases, abstract, provided, says)


def _cpp(node: SgNode, path: str) -> Type:
    clause = next((c for c in node.named_children() if c.kind() == "base_class_clause"), None)
    parts = [] if clause is None else [c for c in clause.named_children() if c.kind() != "access_specifier"]
    bases = tuple(re.sub(r"<.*", "", part.text(), flags=re.S).rpartition("::")[2] for part in parts)
    abstract: set[str] = set()
    provided: set[str] = set()
    constant: set[str] = set()
    changing: set[str] = set()
    for member in _members(node, _OWNERS["cpp"]):
        text = member.text()
        named = re.search(r"([\w~]+|operator\W{1,3})\s*\(", text)
        if member.kind() == "using_declaration":
            provided.add(text.rstrip(";").rpartition("::")[2])
        elif member.kind() in ("field_declaration", "function_definition", "declaration") and named:
            (abstract if re.search(r"\)[^)]*=\s*0\s*;?\s*$", text) else provided).add(named[1])
            behind = _behind(member)
            if re.search(r"\bconst\b", behind):
                constant.add(named[1])
            elif not re.search(r"\b(override|final)\b", behind):
                changing.add(named[1])
    type = _type(node, path, bases, abstract, provided, False)
    return replace(type, constant=frozenset(constant), changing=frozenset(changing))


def _behind(member: SgNode) -> str:
    """What stands behind the parameters of a method."""
    declared = next((n for n in of_kinds(member, ("function_declarator",))), None)
    parameters = None if declared is None else declared.field("parameters")
    return "" if declared is None or parameters is None else declared.text()[_end(parameters) - _start(declared) :]


def _start(node: SgNode) -> int:
    return node.range().start.index


def _end(node: SgNode) -> int:
    return node.range().end.index


def _type(node: SgNode, path: str, bases: tuple[str, ...], abstract: set[str], provided: set[str], says: bool) -> Type:
    name, line = _name(node), node.range().start.line + 1
    named = re.search(r"^_*(Base|Abstract|I[A-Z][a-z])|(Base|Mixin|Interface|Protocol|ABC)$", name) is not None
    return Type(name, path, line, bases, frozenset(abstract), frozenset(provided), bool(says or named or abstract))


def _members(node: SgNode, owners: tuple[str, ...]) -> Iterator[SgNode]:
    """What belongs to a class itself: not to a class, nor to a function, within it."""
    body = node.field("body")
    waiting = [] if body is None else body.named_children()
    while waiting:
        member = waiting.pop()
        yield member
        if member.kind() not in (*owners, *_FUNCTIONS, "field_declaration", "declaration"):
            waiting += member.named_children()

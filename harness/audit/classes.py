"""The classes of a tree: what they derive from, which methods they leave to others and which they have.

What says so are matchers for each language: `models` for the classes in question, `leaves` for methods that a class
leaves to others, `has` for methods and values that it has, and `made` for names of classes of which an object is made.
Only those files are parsed in which a class that is asked for may stand.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from harness.audit.nodes import find, of_kinds, span
from harness.audit.tree import EVERYTHING

if TYPE_CHECKING:
    from ast_grep_py import SgNode

    from harness.audit.tree import Tree

#: Where a class may be defined: enough to know which files to parse.
_NAMED = re.compile(r"\b(?:class|struct)\s+(?:[A-Z_]+\s+)?(\w+)")
_CLASSES = {"python": ("class_definition",), "cpp": ("class_specifier", "struct_specifier")}
#: Bases of libraries that provide none of a model's methods.
_EMPTY = EVERYTHING | {"enable_shared_from_this", "noncopyable"}
#: Parts of a list of bases that are none.
_NO_BASES = ("keyword_argument", "access_specifier", "virtual", "comment")


@dataclass(frozen=True, slots=True)
class Type:
    """A class as it is written."""

    name: str
    path: str
    line: int
    bases: tuple[str, ...]
    leaves: frozenset[str]
    """Methods that it declares and leaves to others."""
    has: frozenset[str]
    is_model: bool
    """Whether it is one of the classes in question."""


class Types:
    """The classes of one language of a tree."""

    def __init__(self, tree: Tree, language: str, settings: Mapping[str, Any]) -> None:
        self.tree, self.language = tree, language
        self._asked = {key: settings[key][language] for key in ("models", "leaves", "has", "made")}
        self._paths: dict[str, set[str]] = defaultdict(set)
        for file in tree.files.values():
            for name in _NAMED.findall(file.text) if file.language.name == language else ():
                self._paths[name].add(file.path)
        self._read: dict[str, list[Type]] = {}
        self._made: dict[str, set[str]] = {}

    def find(self, name: str, near: str) -> Type | None:
        """The class of that name that a file means: its own, the only one there is, or the one that it imports."""
        found = [type for path in sorted(self._paths.get(name, ())) for type in self._of(path) if type.name == name]
        own = [type for type in found if type.path == near]
        if len(own) == 1 or len(found) == 1:
            return (own or found)[0]
        imported = re.search(rf"from\s+(\S+)\s+import\b[^\n]*\b{re.escape(name)}\b", self.tree.files[near].text)
        module = imported[1].rpartition(".")[2] if imported else None
        named = [type for type in found if module in (PurePath(type.path).stem, PurePath(type.path).parent.name)]
        return named[0] if len(named) == 1 else None

    def ancestors(self, type: Type) -> list[Type] | None:
        """What a class derives from, all the way up; None where the tree does not hold all of it."""
        found, seen, waiting = list[Type](), {type.name}, [type]
        while waiting:
            here = waiting.pop()
            for name in here.bases:
                if name in seen or name in _EMPTY:
                    continue
                base = self.find(name, here.path)
                if base is None:
                    return None
                seen.add(name)
                found.append(base)
                waiting.append(base)
        return found

    def is_made(self, type: Type) -> bool:
        """Whether an object of a class of that name is made somewhere."""
        return any(type.name in self._made_in(file.path) for file in self.tree.files.values() if type.name in file.text)

    def is_base(self, type: Type) -> bool:
        """Whether another class derives from one of that name."""
        above = [type, *(self.ancestors(type) or ())]
        known = {name for here in above for name in (here.name, *here.bases)}
        return not {re.split(r"\W", name)[0] for name in self.tree.kin(self.language, type.name)} <= known

    def _made_in(self, path: str) -> set[str]:
        if path not in self._made:
            is_ours = self.tree.files[path].language.name == self.language
            made = find(self.tree.source(path).root, self._asked["made"]) if is_ours else []
            self._made[path] = {node.text() for node in made}
        return self._made[path]

    def _of(self, path: str) -> list[Type]:
        if path not in self._read:
            root = self.tree.source(path).root
            owners = [node for node in of_kinds(root, _CLASSES[self.language]) if node.field("body") is not None]
            leaves, has = (self._members(root, key) for key in ("leaves", "has"))
            models = {span(node) for node in find(root, self._asked["models"])}
            self._read[path] = [
                Type(
                    _text(node.field("name")), path, node.range().start.line + 1, tuple(_bases(node)),
                    frozenset(leaves[span(node)]), frozenset(has[span(node)]), span(node) in models,
                )
                for node in owners
            ]  # fmt: skip
        return self._read[path]

    def _members(self, root: SgNode, key: str) -> dict[tuple[int, int], set[str]]:
        """Members of one sort by the place of the class that they belong to."""
        found: dict[tuple[int, int], set[str]] = defaultdict(set)
        for node in find(root, self._asked[key]):
            owner = next((n for n in node.ancestors() if n.kind() in _CLASSES[self.language]), root)
            found[span(owner)].add(_signature(node))
        return found


_KNOWN: WeakKeyDictionary[Tree, dict[str, Types]] = WeakKeyDictionary()


def types_of(tree: Tree, language: str, settings: Mapping[str, Any]) -> Types:
    """The classes of a tree, looked through once."""
    known = _KNOWN.setdefault(tree, {})
    if language not in known:
        known[language] = Types(tree, language, settings)
    return known[language]


def _signature(member: SgNode) -> str:
    """What a method is told from others by: its name, and in C++ whether it is const."""
    constant = any(part.text() == "const" for part in member.children() if part.kind() == "type_qualifier")
    name = _text(member.field("name") or member.field("left") or member.field("declarator") or member)
    return name + " const" if constant else name


def _bases(node: SgNode) -> Iterator[str]:
    clause = next((n for n in node.children() if n.kind() in ("argument_list", "base_class_clause")), None)
    for part in [] if clause is None else clause.named_children():
        if part.kind() not in _NO_BASES:
            yield re.split(r"\.|::", re.split(r"[\[<(]", part.text())[0])[-1].strip()


def _text(node: SgNode | None) -> str:
    return "" if node is None else node.text()

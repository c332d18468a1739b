"""What a change claims to touch: which files and symbols exist, and which of them are wired into the program."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from harness.audit.nodes import of_kinds
from harness.audit.source import Source
from harness.audit.tree import Tree
from harness.core.audit import Touched, Wiring
from harness.core.errors import UsageError
from harness.core.written import read_written

if TYPE_CHECKING:
    from ast_grep_py import SgNode

_SCHEMA = Path(__file__).with_name("manifest.schema.json")
#: How the files of a language name a file that they take in: a pattern for the module's name.
_TAKES_IN = {
    "python": r"^\s*(?:from\s+[\w.]*\b{0}\s+import|import\s+[\w.]*\b{0}\b"
    r"|from\s+[\w.]+\s+import\s+(?:\([^)]*|[^#\n]*)\b{0}\b)",
    "rust": r"\bmod\s+{0}\s*;|\buse\s+[\w:]*\b{0}\b|\b{0}::",
    "cpp": r"#\s*include\s*[\"<][^\">]*\b{0}\.\w+[\">]",
}
#: Files that a program begins with are part of it by themselves.
_BEGINS = re.compile(r"__name__\s*==\s*[\"']__main__|^\s*(?:pub\s+)?(?:async\s+)?fn\s+main\b|^\s*int\s+main\s*\(", re.M)
_TESTS = re.compile(r"(^|/)(tests?|testing|benches)/|(^|/)(test_\w+|\w+_test)\.\w+$")
_ROOTS = frozenset({"lib.rs", "main.rs", "mod.rs", "__init__.py", "__main__.py", "conftest.py"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that a change claims to touch, and a symbol in it unless that is empty."""

    path: str
    symbol: str = ""


def read_manifest(path: Path) -> tuple[Entry, ...]:
    """The entries of a file (TOML); UsageError names what is wrong with it."""
    written = read_written(path, "manifest", json.loads(_SCHEMA.read_text(encoding="utf-8")))
    return tuple(Entry(entry["path"], entry.get("symbol", "")) for entry in written["touches"])


def touched(entries: Iterable[Entry], tree: Tree, root: Path) -> tuple[Touched, ...]:
    """What became of every entry; UsageError for a path that leads out of the tree."""
    return tuple(_entry(entry, tree, root) for entry in entries)


def _entry(entry: Entry, tree: Tree, root: Path) -> Touched:
    if PurePosixPath(entry.path).is_absolute() or ".." in PurePosixPath(entry.path).parts:
        raise UsageError(f"the manifest names {entry.path}, which is not within the tree")
    if entry.path not in tree.files:
        there = (root / entry.path).is_file()
        reason = "is there, but is no source that the audit reads" if there else "no such file"
        return Touched(entry.path, entry.symbol, Wiring.EXISTS_ONLY if there else Wiring.MISSING, reason)
    source = tree.source(entry.path)
    if not entry.symbol:
        return _told(entry, taken_in(source, tree), "no file takes it in")
    defined = definition(source, entry.symbol)
    if defined is None:
        return Touched(entry.path, entry.symbol, Wiring.MISSING, "no such symbol in the file")
    return _told(entry, used(source, defined, entry.symbol, tree), "nothing in the tree uses it")


def _told(entry: Entry, how: str, otherwise: str) -> Touched:
    return Touched(entry.path, entry.symbol, Wiring.WIRED_IN if how else Wiring.EXISTS_ONLY, how or otherwise)


def taken_in(source: Source, tree: Tree) -> str:
    """Where a file is imported or included, or why it needs not be; empty where it is not part of the program."""
    path = PurePosixPath(source.path)
    if path.name in _ROOTS or _BEGINS.search(source.text):
        return "begins a program or a package"
    takes_in = re.compile(_TAKES_IN[source.language.name].format(re.escape(path.stem)), re.M)
    for other in _program(path.stem, source, tree):
        found = takes_in.search(other.text)
        if other.path != source.path and found is not None:
            return f"taken in at {other.path}:{other.line_of(found.end() - 1)}"
    return _used_through_header(source, tree)


def _program(word: str, source: Source, tree: Tree) -> list[Source]:
    """Files that hold a word, without those of tests: what only tests use is no part of the program."""
    return [other for other in tree.mentioning(word, source.language.name) if not _TESTS.search(other.path)]


def _used_through_header(source: Source, tree: Tree) -> str:
    """Where functions of a C++ file are used: these are compiled apart, and included nowhere."""
    if source.language.name != "cpp":
        return ""
    uses = (used(source, source.node_of(function), function.name, tree) for function in source.functions)
    return next((how for how in uses if how), "")


def definition(source: Source, symbol: str) -> SgNode | None:
    """The function, class or constant of a name in a file, qualified (`Type::method`) or not."""
    language = source.language
    kinds = (*language.functions, *language.owners, *language.bound, *language.types)
    last = re.split(r"::|\.", symbol)[-1]
    named = [node for node in of_kinds(source.root, kinds) if _name(node, source) == last]
    qualified = [node for node in named if source.symbol_of(node).endswith(symbol)]
    return next(iter(qualified if last != symbol else named), None)


def _name(node: SgNode, source: Source) -> str:
    if node.kind() in source.language.functions:
        return source.language.name_of(node).rpartition("::")[2]
    if node.kind() in source.language.owners:
        return source.language.name_of(node).removeprefix("<").partition(" as ")[0]
    named = node.field(source.language.bound.get(node.kind(), "name"))
    return "" if named is None else named.text()


def used(source: Source, defined: SgNode, symbol: str, tree: Tree) -> str:
    """Where something that is defined in a file is registered or named outside of itself; empty where it is not."""
    around = defined.parent()
    if around is not None and around.kind() == "decorated_definition":
        decorator = next(iter(of_kinds(around, ("decorator",))), None)
        if decorator is not None and "(" in decorator.text():
            return f"registered by {' '.join(decorator.text().split())[:80]}"
    name = re.split(r"::|\.", symbol)[-1]
    return next((f"named at {place}" for place in _named(name, source, defined, tree)), "")


def _named(name: str, source: Source, defined: SgNode, tree: Tree) -> Iterator[str]:
    """Places that name something, those of other files first."""
    own = [source] if source.path in tree.files else []
    others = [other for other in _program(name, source, tree) if other.path != source.path]
    for other in [*others, *own]:
        for node in of_kinds(other.root, other.language.names):
            if node.text() == name and not (other.path == source.path and _within(node, defined, source)):
                yield f"{other.path}:{node.range().start.line + 1}"


def _within(node: SgNode, defined: SgNode, source: Source) -> bool:
    """Whether a name stands in its own definition, or in what implements the type that is defined."""
    at, of = node.range().start.index, defined.range()
    if of.start.index <= at < of.end.index:
        return True
    return any(n.kind() == "impl_item" and _name(n, source) == node.text() for n in node.ancestors())

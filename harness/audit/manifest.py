"""What a change claims to touch: which files and symbols exist, and which of them are wired into the program.

A symbol is wired in where the program, and not only a test, names it; to be given a name is no use. If several things
have the name, what it stands on (`Model::new`), an import, or what hides it says which is meant; in doubt it counts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from harness.audit.names import IMPORTS, first_around, giver_of, names_in, owners_of, stood_on
from harness.audit.nodes import Span, find, holds, of_kinds, span
from harness.audit.source import Source
from harness.audit.tree import Tree, types
from harness.audit.whole_tree import tests_program
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
_ROOTS = frozenset({"lib.rs", "main.rs", "mod.rs", "__init__.py", "__main__.py", "conftest.py"})
_MARKS = r"^#\[\s*((\w+::)*(test|bench|rstest|test_case)\b|cfg\s*\(\s*(all\s*\(([^!]*,)?\s*)?test\s*[,)])"
_BEFORE = {"any": [{"kind": kind} for kind in ("attribute_item", "line_comment", "block_comment")]}
#: What is a test in a file of the program.
_TESTS_WITHIN: dict[str, dict[str, Any]] = {
    "python": {"kind": "class_definition", "has": {"field": "superclasses", "regex": r"TestCase\b"}},
    "cpp": {"kind": "function_definition", "has": {"field": "declarator", "regex": r"^(\w+_)?TEST(_\w+)?\s*\("}},
    "rust": {"not": _BEFORE, "follows": {"kind": "attribute_item", "regex": _MARKS, "stopBy": {"not": _BEFORE}}},
}
#: Decorators that register nothing though they are called: they change what they stand on.
_CHANGES = re.compile(r"\b(\w*cache|wraps|retry|compile|jit|\w+_mode|\w*_grad|autocast|parametrize|dataclass)$")
#: Where a word is neither: what names an argument, or a module that something is imported from.
_KEYS = re.compile(r"keyword_\w+|field_initializer|friend_\w+|\w+al_statement|type_parameter\w*|import_from_\w+")
_TYPES = ("class_definition", "impl_item", "trait_item", "enum_item", "class_specifier", "struct_specifier")


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that a change claims to touch, and a symbol in it unless that is empty."""

    path: str
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class _Sought:
    """A symbol whose uses are looked for: its name, its definition, and the types that it is a member of."""

    name: str
    source: Source
    defined: SgNode
    types: frozenset[str]


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
    defined = definition(source, entry.symbol) if entry.symbol else source.root
    if defined is None:
        return Touched(entry.path, entry.symbol, Wiring.MISSING, "no such symbol in the file")
    how = used(source, defined, entry.symbol, tree) if entry.symbol else taken_in(source, tree)
    otherwise = "nothing in the tree uses it" if entry.symbol else "no file takes it in"
    return Touched(entry.path, entry.symbol, Wiring.WIRED_IN if how else Wiring.EXISTS_ONLY, how or otherwise)


def taken_in(source: Source, tree: Tree) -> str:
    """Why a file is part of the program: where it is taken in, or, of C++, where its functions are used; else empty."""
    path = PurePosixPath(source.path)
    if path.name in _ROOTS or _first(_BEGINS, source):
        return "begins a program or a package"
    takes_in = re.compile(_TAKES_IN[source.language.name].format(re.escape(path.stem)), re.M)
    for other in _program(path.stem, source, tree):
        if other.path != source.path and (found := _first(takes_in, other)):
            return f"taken in at {other.path}:{other.line_of(found.end() - 1)}"
    uses = (used(source, source.node_of(f), f.name, tree) for f in source.functions if source.language.name == "cpp")
    return next(filter(None, uses), "")


def _first(pattern: re.Pattern[str], source: Source) -> re.Match[str] | None:
    """The first match of a pattern in a file that is in no comment, no text and no test."""
    found = [(match, match.end() - len(match[0].lstrip())) for match in pattern.finditer(source.text)]
    kinds = (*source.language.comments, *source.language.texts)
    apart = [*map(span, of_kinds(source.root, kinds)), *_tests(source)] if found else []
    return next((match for match, at in found if not any(holds(place, (at, at + 1)) for place in apart)), None)


def _program(word: str, source: Source, tree: Tree) -> list[Source]:
    """Files that hold a word, the own one last; not those of tests: what only tests use is no part of the program."""
    named = [other for other in tree.mentioning(word, source.language.name) if not tests_program(other.path)]
    return sorted(named, key=lambda other: other.path == source.path)


def _tests(source: Source) -> list[Span]:
    """Where tests stand in a file of the program."""
    return [span(node) for node in find(source.root, {"rule": _TESTS_WITHIN[source.language.name]})]


def definition(source: Source, symbol: str) -> SgNode | None:
    """The function, class or constant of a name in a file, qualified (`Type::method`) or not."""
    *outer, last = [part for part in re.split(r"::|\.", symbol) if part] or [symbol]
    language, functions = source.language, [source.node_of(f) for f in source.functions if f.name == last]
    given = [giver for node in names_in(last, source) if (giver := giver_of(node)) and giver.kind() not in IMPORTS]
    things = [
        n for n in given if not _KEYS.fullmatch(n.kind()) and not first_around(n, (*language.functions, *IMPORTS))
    ]
    owns = of_kinds(source.root, (*language.owners, *language.types))
    for node in (*functions, *things, *(node for node in owns if types(language.name_of(node))[0] == last)):
        owners = owners_of(node, source)
        if len(outer) <= len(owners) and all(n in owner for n, owner in zip(outer[::-1], owners[::-1], strict=False)):
            return node
    return None


def used(source: Source, defined: SgNode, symbol: str, tree: Tree) -> str:
    """Where something that is defined in a file is registered or named outside of itself; empty where it is not."""
    language, name = source.language, re.split(r"::|\.", symbol)[-1]
    if name == "main" and _BEGINS.search(defined.text()):
        return "begins a program or a package"
    around = first_around(defined, (*_TYPES, *language.functions))
    type = None if around is None or around.kind() in language.functions else around
    is_method = type is not None or (defined.kind() == "function_definition" and "::" in language.name_of(defined))
    owners = owners_of(defined, source)[-1:] if is_method else []
    sought = _Sought(name, source, defined, frozenset(n for owner in owners for n in owner if n != name))
    how = _registered(defined, source) or next((f"named at {place}" for place in _places(sought, tree)), "")
    # methods that are called without being named are used where their type is
    is_unnamed = type is not None and (type.field("trait") or re.fullmatch(r"__\w+__|forward|operator\W.*|~\w+", name))
    return how or (used(source, type, types(language.name_of(type))[0], tree) if type and is_unnamed else "")


def _registered(defined: SgNode, source: Source) -> str:
    around, at = defined.parent(), span(defined)
    if around is None or around.kind() != "decorated_definition" or any(holds(test, at) for test in _tests(source)):
        return ""
    said = (" ".join(node.text().split()) for node in around.named_children() if node.kind() == "decorator")
    return next((f"registered by {d[:80]}" for d in said if "(" in d and not _CHANGES.search(d.partition("(")[0])), "")


def _places(sought: _Sought, tree: Tree) -> Iterator[str]:
    """Places that name something, those of other files first."""
    files = _program(sought.name, sought.source, tree)
    named = [(file, node, giver_of(node)) for file in files for node in names_in(sought.name, file)]
    given = [(file, giver or node) for file, node, giver in named if giver or first_around(node, IMPORTS)]
    for file, node, giver in named:
        if not giver and not _is_own(node, file, sought) and not _is_anothers(node, file, sought, given, tree):
            yield f"{file.path}:{node.range().start.line + 1}"


def _is_own(node: SgNode, file: Source, sought: _Sought) -> bool:
    """Whether a name stands in its own definition, in what implements the type that is defined, or in a test."""
    apart = [*_tests(file), *([span(sought.defined)] if file.path == sought.source.path else [])]
    is_type = sought.defined.kind() in (*file.language.owners, *file.language.types)
    is_part = is_type and any(owner[0] == sought.name for owner in owners_of(node, file))
    return is_part or any(holds(place, span(node)) for place in apart)


def _is_anothers(node: SgNode, file: Source, sought: _Sought, given: list[tuple[Source, SgNode]], tree: Tree) -> bool:
    """Whether a name is that of something else, by what it stands on or by what hides the symbol there."""
    language, (on, by, kin) = file.language, stood_on(node, file, tree)
    alike = {(f.path, f.start) for t in kin for f in tree.members(language.name, t) if f.owner != f.name == sought.name}
    if kin & sought.types or (sought.source.path, span(sought.defined)[0]) in alike:
        return False
    if alike or sought.types:
        is_renamed = re.search(rf"\b(as|type|using)\s+{re.escape(on)}\b|\b{re.escape(on)}\s*=", file.text)
        return bool(alike) or on in ("", "super()") or (on[0].isupper() and not on.isupper() and not is_renamed)
    if not on:
        return any(there.path == file.path and _hides(giver, node, file, sought) for there, giver in given)
    is_module = by == "::" or re.search(rf"\bimport\b[^#\n]*\b{re.escape(on)}\b", file.text)
    has_methods = any(f.owner.lstrip("_")[:1].isupper() for f in tree.functions(language.name, sought.name))
    is_member = not is_module and (has_methods or language.name != "python" or on in language.own_names)
    others = {_module(there.path) for there, _ in given}
    others |= {PurePosixPath(path).parent.name for path in tree.files if path.endswith(f"/{sought.name}.py")}
    return on != _module(sought.source.path) and (is_member or on in others)


def _module(path: str) -> str:
    return PurePosixPath(path).parent.name if PurePosixPath(path).name in _ROOTS else PurePosixPath(path).stem


def _hides(giver: SgNode, node: SgNode, file: Source, sought: _Sought) -> bool:
    """Whether a name alone means what is given it at another place: in the same function, or in the same file."""
    function = first_around(giver, (*file.language.functions, *file.language.closures))
    is_own = file.path == sought.source.path
    if _KEYS.fullmatch(giver.kind()) or span(giver) == span(node) or (is_own and span(giver) == span(sought.defined)):
        return False
    if function is not None:
        is_global = re.search(rf"\b(global|nonlocal)\b.*\b{sought.name}\b", function.text())
        is_later = giver.kind().startswith("let") and span(node)[0] < span(giver)[1]
        return not is_global and not is_later and holds(span(function), span(node))
    is_member = "::" in file.language.name_of(giver) or first_around(giver, _TYPES) or "parameter" in giver.kind()
    return not (is_own or is_member or _is_only_declared(sought.defined) or _is_only_declared(giver))


def _is_only_declared(node: SgNode) -> bool:
    """Whether C++ only says that there is something of a name somewhere."""
    is_type = node.kind().endswith("_specifier") and node.field("body") is None
    return is_type or (node.kind() == "declaration" and re.search(r"^extern\b|\)[\w\s]*;$", node.text()) is not None)

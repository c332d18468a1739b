"""A source tree as the audit knows it: parsed files, and functions, classes and constants by their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from harness.audit.files import SourceText
from harness.audit.source import Function, Source

#: Syntax trees that are kept; a file is parsed again where more are needed.
KEPT = 512
#: Types that are told as kin of one; hierarchies that people write are smaller.
KIN = 200
#: Types that so much derives from that they say nothing.
EVERYTHING = frozenset({"Module", "object", "ABC", "Protocol", "Enum", "Exception", "Generic"})


@dataclass(frozen=True, slots=True)
class Outline:
    """The names in a file: its functions, those that are given a name elsewhere, and what its types derive from."""

    functions: tuple[Function, ...]
    closures: tuple[Function, ...]
    bases: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, source: Source) -> Outline:
        """The outline of a parsed file."""
        return cls(source.functions, tuple(source.closures), source.bases)


class Tree:
    """Every file that was read. Files are parsed when they are asked for."""

    def __init__(self) -> None:
        self.files: dict[str, SourceText] = {}
        self._functions: dict[tuple[str, str], list[Function]] = defaultdict(list)
        self._owned: dict[tuple[str, str], list[Function]] = defaultdict(list)
        self._derived: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._bases: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._alike: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._mentioning: dict[tuple[str, str, int], tuple[str, ...]] = {}
        self._parsed = lru_cache(maxsize=KEPT)(self._parse)

    def _parse(self, path: str) -> Source:
        return Source(self.files[path])

    def source(self, path: str) -> Source:
        """A file as a syntax tree."""
        return self._parsed(path)

    def add(self, file: SourceText, outline: Outline) -> None:
        """Take a file in, with its functions by their names."""
        self.files[file.path] = file
        language = file.language.name
        for function in outline.functions:
            self._functions[language, function.name].append(function)
            for type in types(function.owner):
                self._owned[language, type].append(function)
                self._alike[language, alike(type)].add(type)
        for closure in outline.closures:
            self._functions[language, closure.name].append(closure)
        for type, bases in outline.bases.items():
            for base in bases:
                self._derived[language, base].add(type)
                self._bases[language, type].add(base)

    def functions(self, language: str, name: str) -> list[Function]:
        """Functions of that name, wherever they belong."""
        return self._functions.get((language, name), [])

    def members(self, language: str, type: str) -> list[Function]:
        """Functions that belong to a type; of a trait, those of every type that implements it."""
        return self._owned.get((language, type), [])

    def kin(self, language: str, type: str) -> set[str]:
        """A type, all that it derives from and all that derive from it, by their names."""
        return _closed(type, language, self._bases) | _closed(type, language, self._derived)

    def type_like(self, language: str, name: str) -> set[str]:
        """Types that are called as a variable is: `cross_encoder` is a CrossEncoder."""
        return self._alike.get((language, alike(name)), set())

    def few_mentioning(self, word: str, language: str, most: int) -> tuple[str, ...]:
        """Paths of the files of a language whose text holds a word; none where they are more than `most`, for then it
        says little.
        """
        key = (word, language, most)
        if key not in self._mentioning:
            files = (f.path for f in self.files.values() if f.language.name == language and word in f.text)
            paths = tuple(islice(files, most + 1))
            self._mentioning[key] = paths if len(paths) <= most else ()
        return self._mentioning[key]

    def mentioning(self, word: str, language: str) -> list[Source]:
        """Files of a language whose text holds a word."""
        return [self.source(f.path) for f in self.files.values() if f.language.name == language and word in f.text]


def types(owner: str) -> tuple[str, ...]:
    """The names of an owner: of `<Qwen3 as Model>` these are Qwen3 and Model."""
    return tuple(owner.removeprefix("<").removesuffix(">").split(" as ")) if owner.startswith("<") else (owner,)


def alike(name: str) -> str:
    """A name without what spellings differ in: `cross_encoder` and `CrossEncoder` are alike."""
    return name.replace("_", "").lower()


def _closed(type: str, language: str, relation: dict[tuple[str, str], set[str]]) -> set[str]:
    """What a relation leads to from a type, itself included; types that all derive from lead nowhere."""
    found, waiting = {type}, [type]
    while waiting and len(found) < KIN:
        here = waiting.pop()
        new = set() if here in EVERYTHING else relation.get((language, here), set()) - found
        found |= new
        waiting += new
    return found

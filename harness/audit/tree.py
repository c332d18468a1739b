"""A source tree as the audit knows it: parsed files, and functions, classes and constants by their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from harness.audit.files import SourceText
from harness.audit.source import Function, Source

#: Syntax trees that are kept; a file is parsed again where more are needed.
KEPT = 512


class Tree:
    """Every file that was read. Files are parsed when they are asked for."""

    def __init__(self) -> None:
        self.files: dict[str, SourceText] = {}
        self._functions: dict[tuple[str, str], list[Function]] = defaultdict(list)
        self._owned: dict[tuple[str, str], list[Function]] = defaultdict(list)
        self._parsed = lru_cache(maxsize=KEPT)(self._parse)

    def _parse(self, path: str) -> Source:
        return Source(self.files[path])

    def source(self, path: str) -> Source:
        """A file as a syntax tree."""
        return self._parsed(path)

    def add(self, source: Source) -> None:
        """Take a file in, with its functions by their names."""
        self.files[source.path] = source.given
        for function in source.functions:
            self._functions[function.language, function.name].append(function)
            self._owned[function.language, function.owner].append(function)

    def functions(self, language: str, name: str) -> list[Function]:
        """Functions of that name, wherever they belong."""
        return self._functions.get((language, name), [])

    def members(self, language: str, owner: str) -> list[Function]:
        """Functions that belong to a type, as its language writes it."""
        return self._owned.get((language, owner), [])

    def all_functions(self) -> Iterable[Function]:
        """Every function of the tree."""
        for functions in self._functions.values():
            yield from functions

    def mentioning(self, word: str, language: str) -> list[Source]:
        """Files of a language whose text holds a word."""
        return [self.source(f.path) for f in self.files.values() if f.language.name == language and word in f.text]

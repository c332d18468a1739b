"""Whether something stands anywhere in a tree, tests aside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from harness.audit.code import whole_code
from harness.audit.nodes import find

if TYPE_CHECKING:
    from harness.audit.files import SourceText
    from harness.audit.tree import Tree

_TEST = re.compile(r"(^|/)(tests?|testing|benches)/|(^|/)(test[_-][\w-]+|([\w-]+[_-](unit)?|conf)?tests?)\.\w+$")
_BESIDE = re.compile(r"(^|/)(benches|benchmarks?|examples?)/")
#: What was found of a tree, by language and what was asked for.
_KNOWN: WeakKeyDictionary[Tree, dict[tuple[str, int | str], bool]] = WeakKeyDictionary()


def is_test(path: str) -> bool:
    """Whether a file is not part of the program that is audited."""
    return tests_program(path) or _BESIDE.search(path) is not None


def tests_program(path: str) -> bool:
    """Whether a file is one of tests."""
    return _TEST.search(path) is not None


def files_of(tree: Tree, language: str) -> Iterator[SourceText]:
    """The files of a language, tests aside."""
    return (file for file in tree.files.values() if file.language.name == language and not is_test(file.path))


def stands_in(tree: Tree, language: str, asked: Mapping[str, Any]) -> bool:
    """Whether a matcher of `asked`, one for each language, matches in any file that holds one of its `mentions`,
    words in lower case with `|` between them.
    """
    known, key = _KNOWN.setdefault(tree, {}), (language, id(asked))
    if key not in known:
        words, matcher = asked["mentions"].split("|"), asked[language]
        texts = ((file.path, file.text.lower()) for file in files_of(tree, language))
        paths = (path for path, text in texts if any(word in text for word in words))
        known[key] = any(find(tree.source(path).root, matcher) for path in paths)
    return known[key]


def is_said_in(tree: Tree, language: str, regex: re.Pattern[str]) -> bool:
    """Whether the code of any file, comments aside, says something."""
    known, key = _KNOWN.setdefault(tree, {}), (language, regex.pattern)
    if key not in known:
        sources = (tree.source(file.path) for file in files_of(tree, language) if regex.search(file.text))
        known[key] = any(regex.search(whole_code(source)) for source in sources)
    return known[key]

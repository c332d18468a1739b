"""Whether a test for a substring asks for one of certain words in one of certain texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from harness.audit.given import given
from harness.audit.judges.origins import TEXTS, sources, within
from harness.audit.judges.registry import Case, Judged, judge

if TYPE_CHECKING:
    from ast_grep_py import SgNode

    from harness.audit.matching import Match

#: Names that say nothing, as those of closures' parameters.
_SHORT = re.compile(r"(?!id)\w{1,2}")


@judge("substring")
def substring(case: Case) -> Iterator[Judged]:
    """Keep tests whose $TEXT and $WORD, or whose $EITHER and $OTHER in any order, fit one entry of the settings:
    `words` is what the word says, `text` the name that the text comes from, and `only` holds where that name must be
    of no other origin. A match without any of these is kept.
    """
    kept = tuple(match for match in case.matches if _fits(match, case.settings["tests"]))
    if kept:
        yield Judged(kept)


def _fits(match: Match, tests: Sequence[Mapping[str, str]]) -> bool:
    text, word = match.node.get_match("TEXT"), match.node.get_match("WORD")
    one, other = match.node.get_match("EITHER"), match.node.get_match("OTHER")
    pairs = [(text, word), (one, other), (other, one)]
    if not any(t is not None and w is not None for t, w in pairs):
        return True
    return any(_fits_one(t, w, test) for t, w in pairs if t is not None and w is not None for test in tests)


def _fits_one(text: SgNode, word: SgNode, test: Mapping[str, str]) -> bool:
    if not any(re.search(test["words"], said, re.IGNORECASE) for said in _said(word)):
        return False
    names = [name.rstrip("?_") for name in sources(text)]
    if "text" in test and any(re.search(test["text"], name, re.IGNORECASE) for name in names):
        return True
    telling = [name for name in names if not _SHORT.fullmatch(name)]
    return "only" in test and bool(telling) and all(re.search(test["only"], name, re.IGNORECASE) for name in telling)


def _said(word: SgNode) -> Iterator[str]:
    """Texts that a word may be: itself, or what a variable runs through."""
    yield from _texts(word)
    for value in _values(word):
        yield from _texts(value)
        for further in _values(value):
            yield from _texts(further)


def _values(node: SgNode) -> Iterator[SgNode]:
    for identifier in within(node):
        yield from given(identifier) if identifier.kind() == "identifier" else ()


def _texts(node: SgNode) -> Iterator[str]:
    """Literals within a node, and the names of its constants."""
    return (n.text() for n in within(node) if n.kind() in TEXTS or (n.kind() == "identifier" and n.text().isupper()))

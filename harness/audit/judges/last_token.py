"""Whether the last position of a batch is read though the batch is padded behind it, or ids are filled up with zeros
that a decoder's classifier takes for tokens.

A match reads ($FROM at $INDEX, in $ROWS; or from $EACH row; or at $WIDTH - 1 of a flat array), or makes a buffer of ids
($BUFFER). Settings, regexes for each language (or lists of them) over code without comments:
* `from` and `unless-from`: what is read; `whole`: indices that mean every row; `all` and `own`: the ends of a batch's
  width, where all rows are read and where one is;
* `padded` and `left`: how a batch is padded at all, and on the left; `makes`: where a tokenizer is made; `looks-up`:
  how the last token is found by lengths; `generates` and `tokenizes`: functions that generate text, that take it apart;
* `labels`, `causal` and `other`: files whose last axis holds labels, tokens, and where the last position is meant;
* `decoder` and `fits`: for buffers, models that look for the last token themselves, and what tells them of the zeros.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from harness.audit.given import given
from harness.audit.judges.registry import Case, Judged, judge
from harness.audit.nodes import find, of_kinds

if TYPE_CHECKING:
    from ast_grep_py import SgNode

    from harness.audit.files import SourceText
    from harness.audit.matching import Match
    from harness.audit.source import Source
    from harness.audit.tree import Tree

_TYPES = ("class_definition",)
_FUNCTIONS = ("function_definition", "function_item")
_SCORING = re.compile(r"(?i)rerank|scor|predict|relevan|rank")
_TEST = re.compile(r"(^|/)tests?/|(^|/)(test_[^/]*|[^/]*_test\.\w+|conftest\.py)$")
Regexes = dict[str, re.Pattern[str]]
#: Whether a tree holds something, by language and regex.
_HOLDING: WeakKeyDictionary[Tree, dict[tuple[str, str], bool]] = WeakKeyDictionary()


@judge("last-token")
def last_token(case: Case) -> Iterator[Judged]:
    """Keep reads of the last position where it is padding, and buffers whose zeros are taken for tokens."""
    regexes = _compiled(case.settings[case.matches[0].source.language.name])
    reads = [m for m in case.matches if not m.text("BUFFER") and _reads(m, case, regexes)]
    if reads:
        yield Judged(tuple(reads))
    zeros = [m for m in case.matches if m.text("BUFFER") and _misleads(m, case, regexes)]
    if zeros:
        said = " ".join(zeros[0].text().split())[:100]
        yield Judged(tuple(zeros), f"ids are filled up with 0, which a decoder's classifier takes for tokens: {said}")


def _compiled(settings: Mapping[str, str | list[str]]) -> Regexes:
    """Regexes of a language; of several for one thing, any may match."""
    return {
        key: re.compile(given if isinstance(given, str) else "|".join(f"(?:{text})" for text in given))
        for key, given in settings.items()
    }


def _reads(match: Match, case: Case, regexes: Regexes) -> bool:
    taken, index, rows = match.text("FROM"), match.node.get_match("INDEX"), match.text("ROWS")
    called = re.sub(r"\(.*\)", "()", taken, flags=re.S)
    if taken and (not regexes["from"].search(taken) or regexes["unless-from"].search(called)):
        return False
    each = match.node.get_match("EACH")
    if each is not None and not any(regexes["from"].search(value.text()) for value in given(each)):
        return False
    if index is not None and not _is_end(index, not rows or bool(regexes["whole"].search(rows)), regexes):
        return False
    if re.fullmatch(r"\d+|0\.\.1|\.\.1", rows):
        return False
    own, file = _scope(match), _code(match.source)
    function = _function(match)
    if any(regexes[key].search(file) for key in ("left", "other")) or regexes["looks-up"].search(function):
        return False
    if regexes["labels"].search(file) and not regexes["causal"].search(file):
        return False
    is_flat = re.search(r"\[\s*:\s*,\s*-1\s*\]$", match.text()) is not None and "hidden" not in taken
    if is_flat and not regexes["causal"].search(file):
        return False
    if regexes["padded"].search(own):
        return bool(regexes["makes"].search(file)) or not _any(case.tree, match, regexes["left"])
    if not _SCORING.search(match.place.symbol):
        return False
    if regexes["generates"].search(function) or regexes["tokenizes"].search(own):
        return False
    return _any(case.tree, match, regexes["padded"]) and not _any(case.tree, match, regexes["left"])


def _is_end(index: SgNode, whole: bool, regexes: Regexes) -> bool:
    """Whether an index is the end of the batch's width, rather than of one row's own length."""
    ends = [index, *given(index)]
    texts = [end.text() for end in ends]
    for end in ends:
        parts = end.named_children()
        if len(parts) == 2 and parts[0].kind() == "identifier" and parts[1].text() == "1":
            texts += [f"{value.text()}-1" for value in given(parts[0])]
    plain = (re.sub(r"\s+|\bas\w+|static_cast<[^>]*>|\(\)|[()?]", "", text) for text in texts)
    width = regexes["all" if whole else "own"]
    return any(re.fullmatch(r"-1:?|-1\.\.|None,-1", text) or width.fullmatch(text) for text in plain)


def _misleads(match: Match, case: Case, regexes: Regexes) -> bool:
    """Whether a buffer of ids is for a classifier that looks for the last token itself."""
    texts = [_code(match.source), *_using(match, case.tree)]
    if any(regexes["left"].search(text) for text in texts):
        return False
    return any(regexes["decoder"].search(text) and not regexes["fits"].search(text) for text in texts)


def _using(match: Match, tree: Tree) -> Iterator[str]:
    """Other files that speak of the class, or the function, that a match belongs to, where files are of one program."""
    function = match.function
    name = "" if function is None or match.source.language.name != "python" else function.owner or function.name
    for file in _files(tree, match):
        if name and name in file.text and file.path != match.place.path and not _TEST.search(file.path):
            yield _code(tree.source(file.path))


def _any(tree: Tree, match: Match, regex: re.Pattern[str]) -> bool:
    """Whether any file of the tree, tests aside, holds something."""
    known = _HOLDING.setdefault(tree, {})
    key = match.source.language.name, regex.pattern
    if key not in known:
        files = (f for f in _files(tree, match) if not _TEST.search(f.path) and _holds(f.text, regex))
        known[key] = any(regex.search(_code(tree.source(file.path))) for file in files)
    return known[key]


def _holds(text: str, regex: re.Pattern[str]) -> bool:
    """Whether a text holds something before which its line has no comment; cheaper than to take the comments out."""
    lines = (text[text.rfind("\n", 0, found.start()) + 1 : found.start()] for found in regex.finditer(text))
    return any(re.search(r"#|//|^\s*\*", line) is None for line in lines)


def _files(tree: Tree, match: Match) -> Iterator[SourceText]:
    return (file for file in tree.files.values() if file.language == match.source.language)


def _function(match: Match) -> str:
    around = [n for n in match.node.ancestors() if n.kind() in _FUNCTIONS]
    return _without_comments(match.source, around[0]) if around else ""


def _scope(match: Match) -> str:
    """The class around and what stands outside of classes; the whole file in languages without."""
    around = [n for n in match.node.ancestors() if n.kind() in _TYPES]
    return _without_classes(match.source, around[-1].range().start.index if around else -1)


@lru_cache(maxsize=64)
def _without_classes(source: Source, but: int) -> str:
    """A file without its classes, but for the one that begins there."""
    text, outer = _code(source), (0, 0)
    for node in of_kinds(source.root, _TYPES) if source.language.name == "python" else ():
        start, end = node.range().start.index, node.range().end.index
        if start >= outer[1]:
            outer = start, end
            text = text if start == but else text.replace(_without_comments(source, node), "")
    return text


@lru_cache(maxsize=64)
def _code(source: Source) -> str:
    """A file without its comments."""
    return _without_comments(source, source.root)


def _without_comments(source: Source, node: SgNode) -> str:
    """The text of a node without comments and documentation."""
    left_out = of_kinds(node, source.language.comments)
    if source.language.name == "python":
        left_out += find(node, {"rule": {"kind": "expression_statement", "has": {"kind": "string"}}})
    text, start = node.text(), node.range().start.index
    for at in sorted((comment.range() for comment in left_out), key=lambda at: -at.start.index):
        text = text[: at.start.index - start] + text[at.end.index - start :]
    return text

"""Whether a test for a substring asks for certain words in certain texts.

A rule's matcher binds the variables TEXT and WORD, or EITHER and OTHER where the function does not say which is which.
Setting: `tests`, of which one must be met. Each has regexes: `words`, that a text which the word may be holds, and
`from`, that something holds which the text comes from (a variable, a member or a call, as it is written), or `only`,
that everything does which it comes from in the first place. What is only said to people decides nothing, nor do tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from harness.audit.judges.registry import Case, Judged, judge
from harness.audit.nodes import of_kinds
from harness.audit.values.following import walk_back
from harness.audit.values.given import CALLS, ELEMENTS, MEMBERS, arguments, name_of, objects
from harness.audit.values.told import is_only_told
from harness.audit.whole_tree import tests_program

if TYPE_CHECKING:
    from ast_grep_py import SgNode

    from harness.audit.matching import Match

#: Calls that give a text, or what holds it, in another form.
_SAME = re.compile(
    r"(?i)lower|upper|fold|norm|strip|trim|split|replace|prefix|suffix|clean|slug|sanitiz|base_?name|file_?(name|stem)|"
    r"^(str|string|string_view|wstring|path|purepath|from|new|some|ok|cow|move|first|last|next|nth|rev|substr|slice|stem|"
    r"c_str|data|display|as_\w+|to_\w+|into\w*|clone|cloned|copied|unwrap\w*|expect|ok_or\w*|value_or|map|map_or\w*|"
    r"and_then|is_some_and|is_ok_and|filter|iter|chars|collect|join|format|items|keys|values|generic_string)$"
)
#: Members that are parts of what a call gives.
_PARTS = re.compile(r"^(name|stem|parts|value|\d)$")
#: What is no text, whatever it is made of.
_ENDS = frozenset((
    "comparison_operator", "lambda", "lambda_expression", "closure_expression",
    "list", "dictionary", "set", "tuple", "list_comprehension", "set_comprehension", "dictionary_comprehension",
    "array_expression", "tuple_expression", "initializer_list",
))  # fmt: skip


@judge("substring", within_file=True)
def substring(case: Case) -> Iterator[Judged]:
    """Keep tests for a substring that meet one of the settings' and decide something in a program."""
    tests = case.settings["tests"]
    kept = tuple(
        match
        for match in case.matches
        if not tests_program(match.place.path)
        and any(_meets(text, word, match, test) for text, word in _pairs(match.node) for test in tests)
        and not is_only_told(match.node, match.source.language)
    )
    if kept:
        yield Judged(kept)


def _pairs(node: SgNode) -> Iterator[tuple[SgNode, SgNode]]:
    """The text and the word; both ways where it is not known which is which."""
    text, word, one, other = (node.get_match(name) for name in ("TEXT", "WORD", "EITHER", "OTHER"))
    for first, second in ((text, word), (one, other), (other, one)):
        if first is not None and second is not None:
            yield first, second


def _meets(text: SgNode, word: SgNode, match: Match, test: Mapping[str, str]) -> bool:
    if not any(re.search(test["words"], said, re.I) for said in _said(word, match)):
        return False
    behind, ends = _origins(text, match)
    if "from" in test and any(re.search(test["from"], name, re.I) for name in behind):
        return True
    return "only" in test and bool(ends) and all(re.search(test["only"], name, re.I) for name in ends)


def _said(word: SgNode, match: Match) -> Iterator[str]:
    """Texts that a word may be, and names of constants that it is."""
    texts = match.source.language.texts
    behind = walk_back([word], match.source.root, lambda here: here.named_children())
    return (here.text() for here in behind if here.kind() in texts or (name_of(here) and here.text().isupper()))


def _origins(text: SgNode, match: Match) -> tuple[list[str], list[str]]:
    """Names and calls that a text comes from, as they are written, and those of them that come from nothing known."""
    ends: list[str] = []

    def parts(here: SgNode) -> Iterable[SgNode]:
        inner = _parts(here, match)
        if not inner and _is_named(here):
            ends.append(here.text())
        return inner

    behind = [here.text() for here in walk_back([text], match.source.root, parts) if _is_named(here)]
    return [name.replace("->", ".") for name in behind], [name.replace("->", ".") for name in ends]


def _is_named(node: SgNode) -> bool:
    return name_of(node) != "" or node.kind() in CALLS | MEMBERS | ELEMENTS


def _parts(here: SgNode, match: Match) -> list[SgNode]:
    """What a text is made of; nothing where it is something else than what it is made from."""
    kind, parts = here.kind(), here.named_children()
    if kind in CALLS:
        called, _ = match.source.language.callee(here)
        return [*objects(here), *arguments(here)] if _SAME.search(called) else []
    if kind in MEMBERS:  # `Path(x).name` is of x, `config.name` is not of config
        return parts[:1] if parts[0].kind() in CALLS and _PARTS.search(parts[-1].text()) else []
    if kind in ELEMENTS:
        return [] if of_kinds(parts[-1], match.source.language.texts) else parts[:1]
    return [] if kind in _ENDS else parts

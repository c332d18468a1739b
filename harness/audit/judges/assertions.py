"""Judge `assertions`: whether a test is about something by its name, and asserts nothing of it.

Settings, all but the first of them regexes: `asserts` is a matcher for each language of what makes a test fail; `plain`
finds those that say what must be so, all others being taken for checks of what is asked for. Of what must be so, `weak`
is a side of a comparison that tells nothing, or all of it, and `bare` tells nothing where it is all. `name` finds the
name of a test in its text, which must say `named`, with its file and the symbol around it, and must not say `unless`,
or its text must say `asked`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING

from harness.audit.judges.registry import Case, Judged, judge
from harness.audit.nodes import find

if TYPE_CHECKING:
    from ast_grep_py import SgNode

    from harness.audit.matching import Match

Regexes = Mapping[str, re.Pattern[str]]
_MESSAGE = re.compile(r",\s*[a-z]?\"[^\"]*\"[^\"]*$")
_COMPARES = re.compile(r"\s*(?:[=!<>]=|[<>,]|\bis\b(?:\s+not\b)?|\bin\b)\s*")


@judge("assertions", within_file=True)
def assertions(case: Case) -> Iterator[Judged]:
    """Keep the tests that are about what the settings name, and that no wrong value of it fails."""
    regexes = {key: re.compile(value) for key, value in case.settings.items() if isinstance(value, str)}
    asserts = case.settings["asserts"]
    kept = []
    for match in case.matches:
        found = find(match.node, asserts[match.source.language.name]) if _is_about(match, regexes) else None
        if found is not None and all(_is_weak(node, regexes) for node in found):
            kept.append(match)
    if kept:
        yield Judged(tuple(kept))


def _is_about(match: Match, regexes: Regexes) -> bool:
    found = regexes["name"].search(match.text("NAME") or match.text())
    name = found[0] if found else ""
    said = f"{PurePath(match.place.path).name} {match.place.symbol} {name}"
    is_asked = regexes["named"].search(said) or regexes["asked"].search(match.text())
    return is_asked is not None and not regexes["unless"].search(name)


def _is_weak(assertion: SgNode, regexes: Regexes) -> bool:
    """Whether an assertion holds whatever the values are."""
    called, _, claim = assertion.text().partition("(")
    if assertion.kind() == "assert_statement":
        called, claim = "assert", assertion.named_children()[0].text()
    elif not regexes["plain"].fullmatch(called):
        return False
    else:
        claim = _MESSAGE.sub("", claim.removesuffix(")"))
    if regexes["weak"].fullmatch(called):
        return True
    return all(_tells_nothing(part.strip(), regexes) for part in re.split(r"\band\b|&&", claim))


def _tells_nothing(claim: str, regexes: Regexes) -> bool:
    sides = [side.strip() for side in _COMPARES.split(claim)]
    if regexes["bare"].fullmatch(claim) or regexes["weak"].fullmatch(claim):
        return True
    return len(sides) > 1 and any(regexes["weak"].fullmatch(side) for side in sides)

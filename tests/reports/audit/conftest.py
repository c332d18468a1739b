"""Audits made by hand, as the formats are given them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from harness.core.audit import About, Audited, Left, Place, Ruled, Ruling, SourceFinding, Suppression, Touched, Wiring
from harness.core.vocabulary import Area, Severity, Stage

Make = Callable[..., SourceFinding]
RULE = About(
    id="nan-to-zero", title="Scores that are no number become a number", stage=Stage.ACTIVATE, severity=Severity.MAJOR,
    why="A ranking by invented numbers looks healthy.", remedy="answer with an error that names the pair",
    languages=("python", "rust"),
)  # fmt: skip
AUTOCAST = replace(RULE, id="autocast-device", title="Autocast of another device", stage=Stage.FORWARD)
ABSENT = replace(RULE, id="zip-with-sorted", title="Scores beside sorted documents", languages=("cpp",))
FINDING = SourceFinding(
    rule=RULE, severity=Severity.CRITICAL, message="a score that is no number is given out as one",
    place=Place("src/score.py", 41, 5, 42, 20, "Scorer.predict"), snippet="    if isnan(x):\n        return 0.0",
    evidence="predict is called by rerank\n  rerank answers /rerank",
    also=(Place("src/score.py", 50, 1, 50, 9, "Scorer.predict"),),
)  # fmt: skip
COMMENT = Suppression("comment", "the client asks for it", date(2027, 1, 31))
AUDITED = Audited(
    root="checkout", files={"python": 21, "rust": 94}, rules=(RULE, AUTOCAST, ABSENT),
    findings=(replace(FINDING, severity=Severity.MINOR, place=Place("src/a b.rs", 1, 1, 1, 4, "module")), FINDING),
    left=(Left("src/odd.py", "is not UTF-8 (byte 3)"), Left("src/link", "is a link out of the tree")),
    problems=("baseline entry 2: the acceptance of nan-to-zero expired on 2026-01-01",),
    claims=(Ruled("ties keep their order", Area.RANKING_QUALITY, "rule nan-to-zero", Ruling.REFUTED, "score.py:41"),),
    touched=(Touched("src/score.py", "Scorer", Wiring.EXISTS_ONLY, "imported nowhere"),),
    seconds=1.5,
)  # fmt: skip


@pytest.fixture(scope="session")
def audited() -> Audited:
    """An audit with something of everything."""
    return AUDITED


@pytest.fixture(scope="session")
def found() -> Make:
    """A critical finding with whatever is changed of it; `accepted` names the kind of its suppression."""

    def make(accepted: str = "", **changed: Any) -> SourceFinding:
        suppression = replace(COMMENT, kind=accepted) if accepted else None
        return replace(FINDING, suppression=suppression, **changed)

    return make


@pytest.fixture(scope="session")
def audit_of() -> Callable[..., Audited]:
    """A small audit of one Python file that found what is given, with whatever is changed of it."""

    def make(*findings: SourceFinding, **changed: Any) -> Audited:
        return replace(Audited("checkout", {"python": 1}, (RULE,), findings), **changed)

    return make

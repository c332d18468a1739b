"""What every format says of an audit in the same words: order, signs, verdict and the summary in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from harness.core.audit import About, Audited, Ruling, SourceFinding, Wiring
from harness.core.vocabulary import Severity
from reports.story import SIGNS
from reports.text import one_line, plural

RULINGS = {Ruling.CONFIRMED: "✓", Ruling.REFUTED: "✕", Ruling.NOT_VERIFIABLE: "○"}
WIRINGS = {Wiring.WIRED_IN: "✓", Wiring.EXISTS_ONLY: "◐", Wiring.MISSING: "✕"}
_ACCEPTED = "○"
_LANGUAGES = {"cpp": "C++", "python": "Python", "rust": "Rust"}


def rules_of(audited: Audited) -> tuple[About, ...]:
    """Every rule once: those that were asked for, then any that a finding brings along."""
    return tuple({rule.id: rule for rule in (*audited.rules, *(f.rule for f in audited.findings))}.values())


def weighed(audited: Audited) -> list[SourceFinding]:
    """The findings, gravest first, then by their places."""
    return sorted(audited.findings, key=lambda f: (f.severity.rank, f.place.path, f.place.line, f.place.column))


def sign(finding: SourceFinding) -> str:
    """A sign for how a finding counts, so that it is not told by colour alone."""
    return _ACCEPTED if finding.suppression else SIGNS[finding.status]


def accepted(finding: SourceFinding) -> str:
    """Why a finding does not count, and through which day; empty where it counts."""
    given = finding.suppression
    return f"accepted until {given.expires} ({given.kind}): {given.reason}" if given else ""


def verdict(audited: Audited) -> str:
    """The whole audit in a few words and a sign; a tree of which nothing was read is never told as sound."""
    if audited.falls_short:
        return f"falls short {SIGNS['fail']}"
    return f"nothing falls short {SIGNS['pass']}" if any(audited.files.values()) else f"nothing was read {_ACCEPTED}"


def summary(audited: Audited) -> str:
    """What was found in how much, what was left out, and whatever else makes an audit fall short, in one line."""
    claims = sum(ruled.ruling is Ruling.REFUTED for ruled in audited.claims)
    loose = sum(touched.wiring is not Wiring.WIRED_IN for touched in audited.touched)
    left = len({left.path for left in audited.left})
    told = [
        f"{_found(audited)} in {_read(audited)}",
        f"{plural(left, 'file')} left out" if left else "",
        f"{plural(len(audited.problems), 'acceptance')} without effect" if audited.problems else "",
        f"{plural(claims, 'claim')} refuted" if claims else "",
        f"{plural(loose, 'change')} not wired in" if loose else "",
    ]
    return "; ".join(filter(None, told))


def _found(audited: Audited) -> str:
    counts = Counter("accepted" if f.suppression else f.severity.value for f in audited.findings)
    return ", ".join(f"{counts[word]} {word}" for word in (*Severity, "accepted") if counts[word]) or "nothing found"


def _read(audited: Audited) -> str:
    read = sorted((-count, language) for language, count in audited.files.items() if count)
    counted = [f"{-count} {_LANGUAGES.get(language, one_line(language))}" for count, language in read]
    return f"{_joined(counted)} {'file' if sum(audited.files.values()) == 1 else 'files'}" if read else "no file"


def _joined(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))

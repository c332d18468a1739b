"""Judges `used` and `unused`: whether what was matched, a definition, is part of the program."""

from __future__ import annotations

from collections.abc import Iterator

from harness.audit.judges.registry import Case, Judged, judge
from harness.audit.manifest import used
from harness.audit.matching import Match


@judge("used")
def is_used(case: Case) -> Iterator[Judged]:
    """Definitions that something in the tree names outside of themselves."""
    for match in case.matches:
        if how := _used(match, case):
            yield Judged((match,), evidence=how)


@judge("unused")
def is_unused(case: Case) -> Iterator[Judged]:
    """Definitions that nothing in the tree names outside of themselves."""
    yield from (Judged((match,)) for match in case.matches if not _used(match, case))


def _used(match: Match, case: Case) -> str:
    return used(match.source, match.node, match.source.language.name_of(match.node), case.tree)

"""Whether what a rule matched comes from something: names are followed back to what their function gave them.

Settings: `value` is the variable of the pattern that is followed (the match itself without it), `from` what it must
come from (a matcher for each language), `through` a regex of further calls that hand on what they are given, `ends`
one of kinds of nodes, and of calls as `name()`, that do not, `of` a `value` and a `from` of the same kind that must be
so of what `from` matched, and `unless` one that must not be so of the match. Calls of other names are ends: nothing is
known of what they give back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from harness.audit.judges.registry import Case, Judged, judge
from harness.audit.matching import Match
from harness.audit.values.following import Ways, origins_of


@judge("flows", within_file=True)
def flows(case: Case) -> Iterator[Judged]:
    """Keep the matches whose value comes from what is asked for."""
    settings, unless = case.settings, case.settings.get("unless")
    kept = tuple(
        match
        for match in case.matches
        if _comes(match, settings, settings) and not (unless and _comes(match, unless, settings))
    )
    if kept:
        yield Judged(kept)


def _comes(match: Match, asked: Mapping[str, Any], settings: Mapping[str, Any]) -> bool:
    followed = match.node.get_match(asked["value"]) if "value" in asked else None
    if followed is None and asked is not settings:
        return False
    origins = origins_of(match.source)
    places = origins.places(asked)
    return bool(places) and origins.leads(followed or match.node, places, Ways.of(settings))

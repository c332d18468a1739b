"""Conditions of rules that look beyond the function in which something was matched."""

from __future__ import annotations

from collections.abc import Iterable

from harness.audit.calls import Calls
from harness.audit.matching import Match
from harness.audit.rule import Condition, Rule
from harness.audit.source import Function


def holds(condition: Condition, match: Match, rule: Rule, calls: Calls) -> bool:
    """Whether a condition is met by a match; one outside of any function has no callers and reaches nothing."""
    concept = rule.concepts[condition.concept]
    related = _related(condition.relation, match.function, calls)
    return any(calls.contains(function, concept) for function in related) is condition.holds


def _related(relation: str, function: Function | None, calls: Calls) -> Iterable[Function]:
    if function is None:
        return ()
    return calls.reached(function) if relation == "reaches" else calls.callers(function)

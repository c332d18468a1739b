"""Requests that nobody would write."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import strategies as st

from harness.checks.context import Context
from harness.checks.invariants.search import search
from harness.checks.protocol.asking import attempt, is_whole, patience, sample, server_of, told
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, holds
from harness.core.vocabulary import Area, Phase, Severity, Stage
from harness.targets.http.exchange import Call
from harness.targets.http.server import Server

_SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
_VALUES = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
)
#: Which field is changed, and what it becomes; None: it is left out.
Changes = dict[str, tuple[Any] | None]


@check(
    "protocol.generated-requests",
    "Any request gets an answer or a refusal",
    area=Area.PROTOCOL,
    stage=Stage.REPLY,
    phase=Phase.INVARIANTS,
    severity=Severity.MINOR,
    needs=(Need.SERVER,),
    beside="tries what nobody thought of: the known faults are those that others look for",
)
def generated_requests(context: Context) -> Outcome:
    """Of requests in which fields are left out, or hold any JSON whatever, none crashes the server (5xx), none hangs,
    and what is answered with status 200 holds a score for each document that was sent.
    """
    server = server_of(context)
    ask = sample(context, 3)
    judge = _Judge(server, server.call(replace(ask, top_n=2, return_text=True)), patience(server, ask))
    names = st.sampled_from(sorted([*judge.call.body, "no_such_field"]))
    changes: st.SearchStrategy[Changes] = st.dictionaries(names, st.none() | st.tuples(_VALUES), min_size=1, max_size=3)
    found = search(changes, judge, 0.0, 2 * context.profile.examples)
    # a request that ends the server is no refusal: here that is a TargetError
    server.reply(ask)
    problem = "" if found.smallest is None else judge.problems[repr(found.smallest)]
    return holds(
        found.smallest is None,
        f"{found.examples} requests: {problem or 'each was answered or refused'}",
        evidence="" if found.smallest is None else told(server, judge.altered(found.smallest)),
        remedy="validate the request before it is used, and answer what does not fit with 4xx",
    )


@dataclass
class _Judge:
    """1.0 for a request that is not handled as promised, else 0.0; remembers what was wrong."""

    server: Server
    call: Call
    wait: float
    problems: dict[str, str] = field(default_factory=dict)

    def __call__(self, changes: Changes) -> float:
        problem = self._problem(self.altered(changes))
        self.problems[repr(changes)] = problem
        return 1.0 if problem else 0.0

    def altered(self, changes: Changes) -> Call:
        """The request with its fields changed."""
        body = {name: value for name, value in self.call.body.items() if name not in changes}
        return replace(self.call, body=body | {name: held[0] for name, held in changes.items() if held is not None})

    def _problem(self, call: Call) -> str:
        tried = attempt(self.server, call, self.wait)
        if tried.exchange is None:
            return tried.problem
        if tried.exchange.status >= 500:
            return f"status {tried.exchange.status} for {json.dumps(call.body)[:200]}"
        expected = _documents(call.body)
        if tried.exchange.status != 200 or expected is None:
            return ""
        return is_whole(self.server, tried.exchange, expected)


def _documents(body: dict[str, Any]) -> int | None:
    """How many items an answer must have; None where that depends on how the request is read."""
    lists = [value for name, value in body.items() if name in ("documents", "texts")]
    if "top_n" in body or len(lists) != 1 or not isinstance(lists[0], list):
        return None
    return len(lists[0])

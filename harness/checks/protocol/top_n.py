"""How many results are wanted."""

from __future__ import annotations

from dataclasses import replace

from harness.checks.context import Context
from harness.checks.protocol.asking import attempt, logits_of, patience, sample, scaled, server_of, told
from harness.checks.registry import Need, check
from harness.checks.tolerance import distance, tolerance
from harness.core.errors import MalformedAnswer
from harness.core.findings import Outcome, holds, not_applicable
from harness.core.vocabulary import Area, Phase, Stage
from harness.targets.http.dialect import REFUSED, Ask, Misuse, Option, Reply
from harness.targets.http.exchange import Call
from harness.targets.http.server import Server

COUNT = 6


@check(
    "protocol.top-n",
    "top_n gives the first of the full answer",
    area=Area.PROTOCOL,
    stage=Stage.REPLY,
    phase=Phase.INVARIANTS,
    needs=(Need.SERVER,),
)
def top_n(context: Context) -> list[Outcome]:
    """`top_n` 1, N and N + 1 give a prefix of the full answer; 0, a negative number and null do what the dialect
    documents: they are refused, or mean none or all.
    """
    server = server_of(context)
    if Option.TOP_N not in server.dialect.options:
        return [not_applicable("the dialect has no top_n")]
    ask = scaled(server, sample(context, COUNT))
    full, wait = server.reply(ask), patience(server, ask)
    return [
        *(_prefix(context, ask, full, n) for n in (1, COUNT, COUNT + 1)),
        _special(context, replace(ask, top_n=0), full, wait, Misuse.TOP_N_ZERO),
        _special(context, replace(ask, top_n=-1), full, wait, Misuse.TOP_N_NEGATIVE),
        _null(context, ask, full, wait),
    ]


def _prefix(context: Context, ask: Ask, full: Reply, n: int) -> Outcome:
    server = server_of(context)
    asked = replace(ask, top_n=n)
    wrong = _departs(context, server, asked, server.reply(asked), replace(full, lines=full.lines[:n]))
    return _told(server, server.call(asked), f"top_n {n} of {COUNT}", wrong)


def _departs(context: Context, server: Server, ask: Ask, got: Reply, expected: Reply) -> str:
    """How a reply departs from another; documents whose scores are equal within tolerance may change places."""
    if len(got.lines) != len(expected.lines):
        return f"{len(got.lines)} items, expected {len(expected.lines)}"
    apart = distance(*(logits_of(server, ask, [line.score for line in reply.lines]) for reply in (got, expected)))
    if apart.max(initial=0.0) > tolerance(context)[0]:
        indices = [line.index for line in got.lines], [line.index for line in expected.lines]
        return f"indices {indices[0]} instead of {indices[1]}, scores up to {apart.max():.2g} logit apart"
    return ""


def _special(context: Context, ask: Ask, full: Reply, wait: float, misuse: Misuse) -> Outcome:
    server = server_of(context)
    call = server.call(ask)
    tried = attempt(server, call, wait)
    name, allowed = misuse.value, server.dialect.statuses(misuse)
    if tried.exchange is None or tried.exchange.status not in allowed:
        got = tried.problem if tried.exchange is None else f"status {tried.exchange.status}"
        return _told(server, call, name, f"{got}, documented {', '.join(map(str, sorted(allowed)))}")
    if tried.exchange.status != 200:
        return _told(server, call, name, "")
    try:
        got_items = len(server.dialect.read(tried.exchange).lines)
    except MalformedAnswer as error:
        return _told(server, call, name, str(error))
    meant = {"none": 0, "all": len(full.lines)}.get(server.dialect.top_n_zero)
    wrong = meant is not None and misuse is Misuse.TOP_N_ZERO and got_items != meant
    return _told(server, call, name, f"{got_items} items, documented {meant}" if wrong else "")


def _null(context: Context, ask: Ask, full: Reply, wait: float) -> Outcome:
    server = server_of(context)
    call = server.call(ask)
    call = replace(call, body={**call.body, "top_n": None})
    tried = attempt(server, call, wait)
    if tried.exchange is None:
        return _told(server, call, "top_n null", tried.problem)
    if tried.exchange.status != 200:
        refused = tried.exchange.status in REFUSED
        return _told(server, call, "top_n null", "" if refused else f"status {tried.exchange.status}")
    return _told(server, call, "top_n null", _departs(context, server, ask, server.dialect.read(tried.exchange), full))


def _told(server: Server, call: Call, name: str, wrong: str) -> Outcome:
    return holds(
        not wrong,
        f"{name}: {wrong or 'as documented'}",
        evidence=told(server, call) if wrong else "",
        remedy="score all documents, sort them, then cut; refuse what has no meaning",
        subject=name,
    )

"""Requests that are wrong."""

from __future__ import annotations

from dataclasses import replace

from harness.checks.context import Context
from harness.checks.protocol.asking import (
    Attempt,
    attempt,
    is_whole,
    patience,
    sample,
    schema_errors,
    server_of,
    told,
)
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, holds, not_applicable
from harness.core.vocabulary import Area, Phase, Severity, Stage
from harness.targets.http.dialect import Ask, Misuse
from harness.targets.http.exchange import Call
from harness.targets.http.server import Server

#: Bytes of a body that is too large for every server that limits them; answered whole by those that do not.
HUGE = 4_000_000


@check(
    "protocol.misuse",
    "Wrong requests are refused as documented",
    area=Area.PROTOCOL,
    stage=Stage.REPLY,
    phase=Phase.INVARIANTS,
    severity=Severity.MINOR,
    needs=(Need.SERVER,),
    beside="holds refusals to the documentation, of which scores say nothing",
)
def misuse(context: Context) -> list[Outcome]:
    """An empty query, no documents, a blank document, unknown fields, malformed JSON, wrong types, content type, method
    and key, and a huge body get the status and the error body that the dialect documents; what is answered with status
    200 is answered whole; nothing hangs, and an ordinary request is answered afterwards.
    """
    server = server_of(context)
    ask = sample(context, 3)
    wait = patience(server, ask)
    outcomes = _keys(server, ask, wait)
    outcomes += [_outcome(server, kind, call, count, wait) for kind, (call, count) in _requests(server, ask).items()]
    server.reply(ask)
    return outcomes


def _keys(server: Server, ask: Ask, wait: float) -> list[Outcome]:
    """A wrong key on every path: a server may guard some of them only."""
    if server.client.connection.api_key_env is None:
        return [not_applicable("no key was given (--api-key-env)", subject=Misuse.WRONG_KEY.value)]
    wrong = {"authorization": "Bearer not-the-key"}
    calls = [replace(server.call(ask, path), headers=wrong) for path in server.dialect.paths]
    return [_outcome(server, Misuse.WRONG_KEY, call, len(ask.documents), wait, f" on {call.path}") for call in calls]


def _requests(server: Server, ask: Ask) -> dict[Misuse, tuple[Call, int]]:
    """Each wrong request, and how many documents it has; the one that may keep a server busy comes last."""
    call = server.call(ask)
    texts = next(name for name, value in call.body.items() if isinstance(value, list))
    query = next(name for name, value in call.body.items() if value == ask.query)
    count = len(ask.documents)

    def body(**fields: object) -> Call:
        return replace(call, body={**call.body, **fields})

    without = {name: value for name, value in call.body.items() if name != query}
    return {
        Misuse.EMPTY_LIST: (body(**{texts: []}), 0),
        Misuse.EMPTY_QUERY: (body(**{query: ""}), count),
        Misuse.BLANK_DOCUMENT: (body(**{texts: [*ask.documents[:-1], "  "]}), count),
        Misuse.UNKNOWN_FIELD: (body(no_such_field=True), count),
        Misuse.MALFORMED_JSON: (replace(call, raw=b'{"query": "broken", '), 0),
        Misuse.MISSING_FIELD: (replace(call, body=without), 0),
        Misuse.WRONG_TYPE: (body(**{query: 7}), 0),
        Misuse.BAD_DOCUMENT: (body(**{texts: [*ask.documents[:-1], 7]}), 0),
        Misuse.WRONG_CONTENT_TYPE: (replace(call, headers={"content-type": "text/plain"}), count),
        Misuse.WRONG_METHOD: (Call("GET", call.path), 0),
        Misuse.HUGE_BODY: (body(**{query: "word " * (HUGE // 5)}), count),
    }


def _outcome(server: Server, kind: Misuse, call: Call, count: int, wait: float, where: str = "") -> Outcome:
    tried = attempt(server, call, 4 * wait if kind is Misuse.HUGE_BODY else wait)
    wrong = _wrong(server, tried, server.dialect.statuses(kind), count)
    status = "" if tried.exchange is None else f"status {tried.exchange.status}"
    shown = "" if tried.exchange is None else f"answered {tried.exchange.shown()}"
    return holds(
        not wrong,
        f"{kind.value}{where}: {wrong or status}",
        evidence=told(server, call, shown) if wrong else "",
        remedy="clients tell a wrong request from a broken server by the status: refuse it with 4xx and a message",
        subject=kind.value + where,
    )


def _wrong(server: Server, tried: Attempt, allowed: frozenset[int], count: int) -> str:
    if tried.exchange is None:
        return tried.problem
    status = tried.exchange.status
    if status not in allowed:
        return f"status {status}, documented {', '.join(map(str, sorted(allowed)))}"
    if status == 200:
        return is_whole(server, tried.exchange, count)
    if not tried.exchange.content:
        return ""
    wrong = schema_errors(server, tried.exchange, "error")
    return f"status {status}, but not the dialect's error body ({wrong})" if wrong else ""

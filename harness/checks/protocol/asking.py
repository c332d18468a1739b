"""Requests that checks of the protocol are made of, and what a server does with one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from harness.checks.context import Context
from harness.core.errors import MalformedAnswer, TargetError
from harness.core.scores import Scale, Scores, to_log_odds
from harness.targets.http.dialect import Ask, Line, Option
from harness.targets.http.exchange import Call, Exchange
from harness.targets.http.server import Server

#: A request whose answer takes this many times longer than an ordinary one's is taken for one that hangs.
PATIENCE = 50
#: Seconds: no request is given up sooner, since a machine may be busy.
LEAST_WAIT = 10.0


def server_of(context: Context) -> Server:
    """The server of a check that declares Need.SERVER."""
    assert context.server is not None
    return context.server


def sample(context: Context, count: int = 6) -> Ask:
    """A query with `count` different documents of the collection, those that were judged for it first."""
    judged = context.collection
    query = next(iter(judged.queries))
    texts = dict.fromkeys([*judged.texts(query), *judged.documents.values()])
    return Ask(judged.queries[query], tuple(texts)[:count])


def scaled(server: Server, ask: Ask) -> Ask:
    """The request on the scale that can tell more scores apart."""
    return replace(ask, raw=Option.RAW_SCORES in server.dialect.options)


def logits_of(server: Server, ask: Ask, scores: Sequence[float]) -> Scores:
    """Scores of an answer as log-odds."""
    raw = ask.raw or server.dialect.scale is Scale.LOG_ODDS
    return np.asarray(scores, dtype=np.float64) if raw else to_log_odds(scores)


def by_index(lines: Sequence[Line]) -> dict[int, Line]:
    """The lines of an answer by the index that they carry."""
    return {line.index: line for line in lines}


@dataclass(frozen=True, slots=True)
class Attempt:
    """What became of a request: an exchange, or the reason why there is none."""

    call: Call
    exchange: Exchange | None
    problem: str = ""


def attempt(server: Server, call: Call, wait: float) -> Attempt:
    """Send a request that may be refused, and give up after `wait` seconds. A server that can no longer be reached at
    all is a TargetError.
    """
    try:
        return Attempt(call, server.send(call, timeout=wait))
    except MalformedAnswer as error:
        return Attempt(call, None, str(error))
    except TargetError as error:
        server.reply(Ask("which planet is red", ("Mars is red.",)))
        return Attempt(call, None, str(error))


def patience(server: Server, ask: Ask) -> float:
    """Seconds after which a request counts as unanswered, by the time that an ordinary one takes."""
    seconds = server.ask(ask).seconds
    return min(server.client.connection.timeout, max(LEAST_WAIT, PATIENCE * seconds))


def told(server: Server, call: Call, detail: str = "") -> str:
    """Evidence: a detail, and the command that sends the request again."""
    return f"{detail}{'; ' if detail else ''}send it again: {server.curl(call)}"


def is_whole(server: Server, exchange: Exchange, count: int) -> str:
    """What is wrong with an answer of status 200 to `count` documents, or an empty string."""
    try:
        lines = server.dialect.read(exchange).lines
    except MalformedAnswer as error:
        return str(error)
    missing = sorted(set(range(count)) - set(by_index(lines)))
    if missing or len(lines) != count:
        return f"{len(lines)} items for {count} documents, without the indices {missing[:8]}"
    return "" if all(map(math.isfinite, (line.score for line in lines))) else "a score is null or not finite"


def schema_errors(server: Server, exchange: Exchange, part: str) -> str:
    """Where the body departs from the dialect's JSON Schema of that part, or an empty string."""
    import jsonschema

    try:
        document = exchange.json()
    except MalformedAnswer:
        document = exchange.content.decode("utf-8", "replace")
    validator = jsonschema.Draft202012Validator(server.dialect.schema(part))
    found = next(iter(validator.iter_errors(document)), None)
    return "" if found is None else f"{found.json_path}: {found.message[:160]}"

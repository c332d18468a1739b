"""An ordinary request after some that came to nothing."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from urllib.parse import SplitResult, urlsplit

from harness.checks.context import Context
from harness.checks.invariants.law import Request, ask
from harness.checks.protocol.asking import server_of
from harness.checks.registry import Need, check
from harness.checks.state.asking import disjoint
from harness.checks.tolerance import distance, tolerance
from harness.core.errors import TargetError
from harness.core.findings import Outcome, at_most
from harness.core.pairs import Pair
from harness.core.vocabulary import Area, Phase, Severity, Stage
from harness.targets.http.connection import Connection
from harness.targets.http.dialect import Ask
from harness.targets.http.exchange import Call
from harness.targets.http.server import Server

#: How often each failure happens before the ordinary request: enough to meet each worker of a server that has a few.
TIMES = 3


@check(
    "state.after-failures",
    "A failed request leaves nothing behind",
    area=Area.ROBUSTNESS,
    stage=Stage.STATE,
    phase=Phase.INVARIANTS,
    severity=Severity.CRITICAL,
    needs=(Need.SERVER,),
    beside="names failed requests as what spoils the later ones",
)
def after_failures(context: Context) -> Iterator[Outcome]:
    """After requests that are no JSON, hold no documents, are broken off halfway or are given up before the answer,
    an ordinary request is answered as it was when it was first asked.
    """
    server = server_of(context)
    query, documents = request = disjoint(context, 1)[0]
    # remembered from before any failure, where an earlier check has asked these pairs
    before = context.logits([Pair(query, document) for document in documents])
    limit, source = tolerance(context)
    for name, fail in {"nothing": _nothing, **FAILURES}.items():
        came_to = [fail(server, request) for _ in range(TIMES)]
        apart = float(distance(ask(context, request), before).max())
        yield at_most(
            apart,
            limit,
            "logit",
            f"after {name}, an ordinary request is {apart:.2e} logit from its first answer",
            evidence=f"{came_to[-1]}; the limit is {source}",
            remedy="an error path leaves state behind: a lock, a half-filled batch, a cache entry, another dtype",
            subject=name,
        )


def _nothing(server: Server, request: Request) -> str:
    return "before any failure of this check"


def _no_json(server: Server, request: Request) -> str:
    return _sent(server, Call("POST", server.dialect.paths[0], raw=_half(server, request)))


def _no_documents(server: Server, request: Request) -> str:
    return _sent(server, server.call(Ask(request[0], ())))


def _broken_off(server: Server, request: Request) -> str:
    """Announce more bytes than come, and close the connection."""
    half = _half(server, request)
    url, connection = urlsplit(server.client.url), server.client.connection
    headers = {
        "host": url.netloc,
        "content-type": "application/json",
        "content-length": str(2 * len(half)),
        **connection.secret_headers(),
    }
    head = [f"POST {url.path}{server.dialect.paths[0]} HTTP/1.1", *(f"{k}: {v}" for k, v in headers.items()), "", ""]
    with _opened(url, connection) as opened:
        opened.sendall("\r\n".join(head).encode() + half)
    return f"the connection was closed after {len(half)} of {2 * len(half)} bytes"


def _opened(url: SplitResult, connection: Connection) -> socket.socket:
    """A connection of no pool; TargetError where there is none to be had."""
    secure = url.scheme == "https"
    try:
        plain = socket.create_connection((url.hostname or "", url.port or (443 if secure else 80)), connection.timeout)
        if not secure:
            return plain
        trusted = connection.certificates()
        context = trusted if isinstance(trusted, ssl.SSLContext) else ssl.create_default_context()
        return context.wrap_socket(plain, server_hostname=url.hostname)
    except OSError as error:
        raise TargetError(f"cannot connect to {url.geturl()} ({error}); is the server running there?") from None


def _given_up(server: Server, request: Request) -> str:
    ask = Ask(request[0], tuple(request[1]))
    return _sent(server, server.call(ask), timeout=server.ask(ask).seconds / 2)


def _half(server: Server, request: Request) -> bytes:
    whole = server.call(Ask(request[0], tuple(request[1]))).content() or b""
    return whole[: len(whole) // 2]


def _sent(server: Server, call: Call, timeout: float | None = None) -> str:
    """What became of a request that was meant to fail."""
    try:
        return f"it was answered with {server.send(call, timeout=timeout).status}"
    except TargetError as error:
        return f"it ended with: {error}"[:160]


FAILURES: dict[str, Callable[[Server, Request], str]] = {
    "half a JSON document": _no_json,
    "a request without documents": _no_documents,
    "a request that is broken off": _broken_off,
    "a request that is given up": _given_up,
}

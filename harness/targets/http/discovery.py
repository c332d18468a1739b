"""Which dialect a server speaks, found out from what it answers, with the evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from harness.core.errors import MalformedAnswer, TargetError, UsageError
from harness.targets.http.client import Client
from harness.targets.http.dialect import Dialect, Facts, optional
from harness.targets.http.dialects import dialect, dialects
from harness.targets.http.exchange import Call

#: What servers say of themselves, as documented by one of the dialects each.
ASKED = ("/info", "/props", "/v1/models", "/models", "/version", "/get_server_info", "/openapi.json")
#: Where a server says nothing of itself, a rerank request shows the shape of its answer.
TRIED = ("/v2/rerank", "/v1/rerank")
KEY_REFUSED = (401, 403)
_PROBE: dict[str, Any] = {"query": "which planet is red", "documents": ["Mars is red.", "Venus is bright."]}


@dataclass(frozen=True, slots=True)
class Discovered:
    """A server's dialect, how that is known, and what the server says of itself."""

    dialect: Dialect
    evidence: str
    facts: Facts


def discover(client: Client, named: str | None) -> Discovered:
    """The dialect that was named, or else the first that the server's own answers show; UsageError where none does.

    TargetError where the server cannot be reached, or refuses the key.
    """
    chosen = None if named is None else dialect(named)
    known, refused = _ask(client)
    if chosen is not None:
        return Discovered(chosen, "named on the command line", chosen.facts(known))
    if refused and not known:
        raise TargetError(f"{client.url}{refused} is refused: is the key right? (--api-key-env)")
    found = _recognised(known)
    if found is None:
        known |= _try(client)
        found = _recognised(known)
    if found is None:
        paths = ", ".join(path for path in (*ASKED, *(f"POST {path}" for path in TRIED)) if path in known)
        raise UsageError(
            f"cannot tell which dialect {client.url} speaks (it answers {paths or 'none of the usual paths'}); "
            f"name it, e.g. vllm+{client.url}; dialects: {', '.join(sorted(dialects()))}"
        )
    return Discovered(found[0], found[1], found[0].facts(known))


def _recognised(known: Mapping[str, Any]) -> tuple[Dialect, str] | None:
    for candidate in dialects().values():
        if evidence := candidate.recognise(known):
            return candidate, evidence
    return None


def _ask(client: Client) -> tuple[dict[str, Any], str]:
    """What is answered, and a path that the key did not open, if there is one."""
    answers: dict[str, Any] = {}
    refused = ""
    for path in ASKED:
        exchange = client.send(Call("GET", path))
        if exchange.status in KEY_REFUSED:
            refused = path
        if exchange.status == 200:
            _keep(answers, path, exchange.json)
    return answers, refused


def _try(client: Client) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    probe = _PROBE | optional(model=client.connection.model_name)
    for path in TRIED:
        exchange = client.send(Call("POST", path, probe))
        if exchange.status == 200:
            _keep(answers, f"POST {path}", exchange.json)
    return answers


def _keep(answers: dict[str, Any], path: str, read: Any) -> None:
    """Keep what is JSON; a server may answer any path with its web page."""
    try:
        answers[path] = read()
    except MalformedAnswer:
        return

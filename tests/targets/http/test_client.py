"""The client against servers that die, hang, reset and babble: one clear line each time, and never a hang."""

from __future__ import annotations

import gzip
import json
import random
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from harness.core.errors import HarnessError, MalformedAnswer, Refused, TargetError
from harness.targets.http.client import Client, retry_after
from harness.targets.http.connection import Connection
from harness.targets.http.dialect import Facts
from harness.targets.http.dialects import dialect
from harness.targets.http.discovery import Discovered
from harness.targets.http.exchange import Call
from harness.targets.http.server import Server
from harness.targets.http.target import HttpTarget
from tests.targets.http.faulty import CLOSE, RESET, Script, Step, faulty_server, reply

DOCUMENTS = ("one", "two", "three")
SOUND = [{"index": 2, "score": 0.5}, {"index": 0, "score": 0.25}, {"index": 1, "score": -1.5}]
SCORES = [0.25, -1.5, 0.5]
#: Seconds after which something hangs, however busy the machine is: the client's own time-out here is one second.
HANGING = 120


def target(url: str, batch_limit: int | None = None, **connection: Any) -> HttpTarget:
    found = Discovered(dialect("tei"), "", Facts(batch_limit=batch_limit))
    return HttpTarget(Server(Client(url, Connection(timeout=1.0, **connection)), found), url)


def always(*steps: Step) -> Script:
    return lambda number, body: steps


def as_reply(document: Any) -> bytes:
    return reply(json.dumps(document).encode())


def lines(*items: Any) -> tuple[bytes]:
    return (as_reply(list(items)),)


BROKEN: dict[str, tuple[Sequence[Step], type[TargetError], str]] = {
    "hangs": ([5.0], TargetError, "no whole answer in time"),
    "drips": ([reply(b"", length=99), *(b" ", 0.1) * 40], TargetError, "no whole answer in time"),
    "closes": ([CLOSE], TargetError, "failed"),
    "resets": ([RESET], TargetError, "failed"),
    "sends half a body": ([reply(b'[{"index"', length=300), CLOSE], MalformedAnswer, "broke off"),
    "resets in the body": ([reply(b'[{"index"', length=300), RESET], TargetError, "failed|broke off"),
    "is no HTTP": ([b"SSH-2.0-OpenSSH_9.6\r\n\r\n", CLOSE], MalformedAnswer, "no HTTP"),
    "sends a web page": ([reply(b"<html>hello</html>")], MalformedAnswer, "no JSON"),
    "sends half a document": ([reply(b'[{"index": 0, "sco')], MalformedAnswer, "no JSON"),
    "sends nothing": ([reply(b"")], MalformedAnswer, "an empty body"),
    "sends no UTF-8": ([reply(b"\xff\xfe[]")], MalformedAnswer, "no JSON"),
    "sends broken gzip": ([reply(b"no gzip", "200 OK", "content-encoding: gzip")], TargetError, "failed"),
    "nests without end": ([reply(b"[" * 200_000)], MalformedAnswer, "no JSON"),
    "sends another shape": (lines("a", "b"), MalformedAnswer, "no index"),
    "sends an object": ([as_reply({"detail": "x"})], MalformedAnswer, "list of results was expected"),
    "sends too few": (lines(*SOUND[:2]), MalformedAnswer, "each of 3 documents once"),
    "sends too many": (lines(*SOUND, {"index": 3, "score": 0.1}), MalformedAnswer, "each of 3 documents once"),
    "doubles an index": (lines(*SOUND[:2], SOUND[0]), MalformedAnswer, "each of 3 documents once"),
    "invents an index": (lines(*SOUND[:2], {"index": -1, "score": 0.1}), MalformedAnswer, "each of 3 documents once"),
    "sends true for an index": (lines(*SOUND[:2], {"index": True, "score": 0.1}), MalformedAnswer, "no index"),
    "sends a string for a score": (lines(*SOUND[:2], {"index": 1, "score": "0.1"}), MalformedAnswer, "no number"),
    "sends true for a score": (lines(*SOUND[:2], {"index": 1, "score": True}), MalformedAnswer, "no number"),
    "sends a huge score": (lines(*SOUND[:2], {"index": 1, "score": 10**400}), MalformedAnswer, "beyond every float"),
    "refuses": ([reply(b'{"error": "no"}', "422 Unprocessable")], Refused, "answered 422"),
    "fails": ([reply(b"boom", "500 Internal Server Error")], Refused, "answered 500"),
    "leads elsewhere": ([reply(b"", "307 Temporary Redirect", "location: http://127.0.0.2/")], Refused, "answered 307"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_answer_is_one_clear_line_and_never_a_hang(kind: str) -> None:
    steps, expected, told = BROKEN[kind]
    with faulty_server(always(*steps)) as (url, _):
        asked, started = target(url), time.monotonic()
        with pytest.raises(expected, match=told) as caught:
            asked.score("q", DOCUMENTS, None)
        asked.server.client.close()
    assert time.monotonic() - started < HANGING
    assert (len(str(caught.value).splitlines()), len(str(caught.value)) < 700) == (1, True)


@pytest.mark.parametrize("value", ["null", "NaN", "Infinity"])
def test_a_score_that_is_none_is_let_through_for_a_check_to_judge(value: str) -> None:
    body = f'[{{"index": 0, "score": {value}}}, {{"index": 1, "score": 0.5}}, {{"index": 2, "score": 0.5}}]'
    with faulty_server(always(reply(body.encode()))) as (url, _):
        asked = target(url)
        scores = asked.score("q", DOCUMENTS, None)
        asked.server.client.close()
    assert (abs(scores[0]) < 1e300, scores[1:]) == (False, [0.5, 0.5])


def test_scores_are_mapped_back_by_index() -> None:
    with faulty_server(always(as_reply(SOUND))) as (url, _):
        asked = target(url)
        assert asked.score("q", DOCUMENTS, None) == SCORES
        asked.server.client.close()


def test_compressed_answers_are_read() -> None:
    body = gzip.compress(json.dumps(SOUND).encode())
    with faulty_server(always(reply(body, "200 OK", "content-encoding: gzip"))) as (url, _):
        asked = target(url)
        assert asked.score("q", DOCUMENTS, None) == SCORES
        asked.server.client.close()


def test_a_busy_server_is_asked_again_after_the_time_it_names() -> None:
    def script(number: int, body: bytes) -> Sequence[Step]:
        return [reply(b"", "429 Too Many Requests", "retry-after: 1") if number == 0 else as_reply(SOUND)]

    with faulty_server(script) as (url, seen):
        asked = target(url)
        assert asked.score("q", DOCUMENTS, None) == SCORES
        asked.server.client.close()
    assert seen.times[1] - seen.times[0] >= 1.0
    assert asked.server.client.counts == {"HTTP 429": 1}


def test_a_server_that_stays_busy_is_refusing_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harness.targets.http.client.LONGEST_WAIT", 0.05)
    with faulty_server(always(reply(b"", "503 Service Unavailable"))) as (url, seen):
        asked = target(url)
        with pytest.raises(Refused, match="answered 503"):
            asked.score("q", DOCUMENTS, None)
        asked.server.client.close()
    assert len(seen.requests) == 6


def test_a_connection_that_was_closed_meanwhile_is_opened_anew() -> None:
    def script(number: int, body: bytes) -> Sequence[Step]:
        return [RESET] if number == 1 else [as_reply(SOUND)]

    with faulty_server(script) as (url, seen):
        asked = target(url)
        assert [asked.score("q", DOCUMENTS, None) for _ in range(2)] == [SCORES, SCORES]
        asked.server.client.close()
    assert asked.server.client.counts == {"connection closed": 1}
    assert seen.connections == 2


def test_connections_are_used_again() -> None:
    with faulty_server(always(as_reply(SOUND))) as (url, seen):
        asked = target(url)
        for _ in range(20):
            asked.score("q", DOCUMENTS, None)
        asked.server.client.close()
    assert seen.connections == 1


def scoring(number: int, body: bytes) -> Sequence[Step]:
    """Each document's number is its score, answered in falling order."""
    texts = json.loads(body)["texts"]
    items = [{"index": i, "score": float(text)} for i, text in enumerate(texts)]
    return [0.02, as_reply(sorted(items, key=lambda item: -item["score"]))]


def test_a_split_request_attaches_every_score_to_its_document_and_bounds_what_is_under_way() -> None:
    documents = [str(n * 7 % 50) for n in range(103)]
    with faulty_server(scoring) as (url, seen):
        asked = target(url, batch_limit=10, concurrency=3)
        assert asked.score("q", documents, None) == [float(document) for document in documents]
        asked.server.client.close()
    assert (len(seen.requests), seen.most_at_once <= 3, seen.connections <= 3) == (11, True, True)


def test_the_first_part_that_fails_ends_the_request() -> None:
    def script(number: int, body: bytes) -> Sequence[Step]:
        return [reply(b"{}", "422 Unprocessable")] if b'"13"' in body else scoring(number, body)

    with faulty_server(script) as (url, seen):
        asked = target(url, batch_limit=1, concurrency=2)
        with pytest.raises(Refused):
            asked.score("q", [str(n) for n in range(100)], None)
        asked.server.client.close()
    assert len(seen.requests) < 30


@pytest.mark.parametrize(
    ("value", "seconds"), [("3", 3.0), (" 0 ", 0.0), ("soon", None), ("-1", None), (None, None), ("1e9", None)]
)
def test_a_time_to_wait_is_a_number_of_seconds(value: str | None, seconds: float | None) -> None:
    assert retry_after(value) == seconds


def test_a_time_to_wait_may_be_a_date() -> None:
    at = format_datetime(datetime.now(UTC) + timedelta(seconds=10), usegmt=True)
    assert retry_after(at) == pytest.approx(10, abs=2)


def mutated(rng: random.Random) -> bytes:
    """A sound reply with something wrong with it."""
    items = [dict(item) for item in SOUND]
    junk: list[Any] = [None, True, "x", [], {}, -1, 10**30, 0.5, "0.5", 1e308, {"text": "t"}]
    for _ in range(rng.randint(1, 3)):
        place = rng.randrange(len(items)) if items else 0
        match rng.randrange(6):
            case 0:
                items.insert(place, dict(rng.choice(SOUND)))
            case 1 if items:
                items.pop(place)
            case 2 if items and isinstance(items[place], dict):
                items[place].pop(rng.choice(["index", "score"]), None)
            case 3 if items and isinstance(items[place], dict):
                items[place][rng.choice(["index", "score", "more"])] = rng.choice(junk)
            case 4:
                rng.shuffle(items)
            case _ if items:
                items[place] = rng.choice(junk)  # type: ignore[call-overload]
    body = bytearray(json.dumps(rng.choice([items, items, {"results": items}])).encode())
    for _ in range(rng.choice([0, 0, 0, 1, 3])):
        body[rng.randrange(len(body))] = rng.randrange(256)
    cut = rng.choice([len(body), len(body), rng.randrange(len(body) + 1)])
    return reply(bytes(body[:cut]), rng.choice(["200 OK"] * 8 + ["400 Bad Request", "500 Oops"]))


def test_of_a_thousand_faulty_replies_none_ends_in_a_traceback_a_hang_or_a_wrong_score() -> None:
    """Whatever comes: the scores that the answer's own text gives each index, or one of our errors."""
    rng = random.Random(20_261_123)
    replies = [mutated(rng) for _ in range(1_000)]
    started = time.monotonic()
    with faulty_server(lambda number, body: [replies[number % 1_000]]) as (url, seen):
        asked = target(url)
        outcomes = [_outcome(asked, rep) for rep in replies]
        asked.server.client.close()
    assert (len(seen.requests), time.monotonic() - started < HANGING) == (1_000, True)
    assert [outcome for outcome in outcomes if outcome not in ("right", "told")] == []
    assert {"right", "told"} == set(outcomes)


def _outcome(asked: HttpTarget, sent: bytes) -> str:
    try:
        scores = asked.score("q", DOCUMENTS, None)
    except HarnessError as error:
        return "told" if len(str(error).splitlines()) == 1 else f"several lines: {error}"
    items = json.loads(sent.partition(b"\r\n\r\n")[2])
    own = {item["index"]: item["score"] for item in items}
    expected = [float("nan") if own[i] is None else float(own[i]) for i in range(3)]
    return "right" if repr(scores) == repr(expected) else f"{scores} for {items}"


def test_a_call_says_how_to_send_it_again() -> None:
    call = Call("POST", "/rerank", {"query": "it's", "texts": ["a"]})
    assert call.curl("http://h").startswith("curl -sS -i -X POST http://h/rerank -H 'content-type: application/json'")
    assert """'{"query": "it'"'"'s", "texts": ["a"]}'""" in call.curl("http://h")

"""Servers share the load, each at its limit; one that is gone is asked no more."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from harness.core.errors import Refused, TargetError
from harness.scoring.collecting import in_order
from harness.scoring.here import Servers
from harness.scoring.units import units_of
from harness.scoring.worker import Scorer
from tests.scoring.stubs import pairs_of, score_of

PAIRS = pairs_of(40, 5, words=800)
RIGHT = [score_of(pair.query, pair.document) for pair in PAIRS]


@dataclass
class Server:
    """Counts the requests that it has at once, and is gone after so many."""

    name: str
    dies_after: int = 10_000
    refuses: bool = False
    asked: int = 0
    most: int = 0
    _now: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def inputs(self) -> Mapping[str, str]:
        return {}

    def open(self) -> Scorer:
        return self

    def score(self, query: str, documents: Sequence[str], instruction: str | None) -> list[float]:
        with self._lock:
            self.asked, self._now = self.asked + 1, self._now + 1
            self.most = max(self.most, self._now)
        time.sleep(0.005)
        with self._lock:
            self._now -= 1
        if self.refuses:
            raise Refused("too long", 413)
        if self.asked > self.dies_after:
            raise TargetError("the connection was refused")
        return [score_of(query, document) for document in documents]


def scored(*servers: Server, limit: int = 3, told: list[str] | None = None) -> list[float]:
    crew = Servers(servers, limit)
    try:
        return [
            s
            for _, scores in in_order(units_of(PAIRS), crew, tell=([] if told is None else told).append)
            for s in scores
        ]
    finally:
        crew.close()


def test_every_server_is_asked_and_none_beyond_its_limit() -> None:
    servers = [Server("a"), Server("b")]
    assert scored(*servers) == RIGHT
    assert [server.most for server in servers] == [3, 3]
    assert sum(server.asked for server in servers) == 40


def test_what_a_server_had_not_answered_when_it_died_is_asked_of_the_others() -> None:
    told: list[str] = []
    assert scored(Server("a", dies_after=5), Server("b"), told=told) == RIGHT
    assert told == ["a is gone (the connection was refused) and is asked no more; what it had begun is computed again"]


def test_when_the_last_server_is_gone_that_is_said() -> None:
    with pytest.raises(TargetError, match="the connection was refused"):
        scored(Server("a", dies_after=5), Server("b", dies_after=9))


def test_an_answer_that_is_an_error_is_no_reason_to_ask_another_server() -> None:
    with pytest.raises(Refused, match="too long"):
        scored(Server("a", refuses=True), Server("b", refuses=True))

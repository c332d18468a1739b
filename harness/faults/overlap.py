"""Requests that are under way at the same time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from harness.reference.stages import RerankRequest

#: Seconds for which a request waits for others to come, and for which it is still seen after it was answered.
WAIT = 0.02


_waiting: ContextVar[float] = ContextVar("waiting", default=WAIT)


@contextmanager
def nobody_else() -> Iterator[None]:
    """Within a simulation no request comes from outside, so that one by itself need not wait for others."""
    token = _waiting.set(0.0)
    try:
        yield
    finally:
        _waiting.reset(token)


@dataclass
class Overlap:
    """Who is under way. A request stays visible for a while, so that two that overlap see each other, both of them."""

    _seen: dict[int, tuple[RerankRequest, float]] = field(default_factory=dict)
    _turn: threading.Lock = field(default_factory=threading.Lock)
    _count: int = 0

    @contextmanager
    def other(self, request: RerankRequest) -> Iterator[RerankRequest | None]:
        """Another request that overlaps with this one, or None."""
        with self._turn:
            self._count += 1
            number = self._count
            self._seen[number] = (request, float("inf"))
        began = time.monotonic()
        time.sleep(_waiting.get())
        try:
            yield self._found(number, began)
        finally:
            with self._turn:
                self._seen[number] = (request, time.monotonic())

    def _found(self, number: int, began: float) -> RerankRequest | None:
        with self._turn:
            self._seen = {key: (r, left) for key, (r, left) in self._seen.items() if left > began - WAIT}
            others = [r for key, (r, left) in self._seen.items() if key != number and left > began]
        return others[0] if others else None

"""Requests that the checks of state are made of, and servers kept busy."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from harness.checks.context import Context
from harness.checks.invariants.law import Request, ask
from harness.core.scores import Scores

#: Repeats of a request: what happens once in twenty is met with 64 % in one such series, and there are several.
REPEATS = 20
FEW_REPEATS = 8
#: Documents of a request, enough for a permutation to show.
DOCUMENTS = 4


def repeats(context: Context) -> int:
    """How often one request is sent: twenty times or more, less in the smoke profile."""
    return FEW_REPEATS if context.profile.name == "smoke" else max(REPEATS, context.profile.repeats)


def disjoint(context: Context, count: int) -> list[Request]:
    """At most `count` requests, of which no two share a query or a document."""
    judged, taken, found = context.collection, set[str](), list[Request]()
    for query, text in judged.queries.items():
        own = [document for document in dict.fromkeys(judged.texts(query)) if document not in taken][:DOCUMENTS]
        if own and len(found) < count:
            found.append((text, own))
            taken.update(own)
    return found


@contextmanager
def busy(context: Context, requests: Sequence[Request]) -> Iterator[None]:
    """Each request is sent again and again, by a thread of its own, while the block runs.

    What went wrong with one of them is raised at the end of the block.
    """
    stop = threading.Event()

    def send(request: Request) -> None:
        while not stop.is_set():
            ask(context, request)

    with ThreadPoolExecutor(len(requests)) as pool:
        sent = [pool.submit(send, request) for request in requests]
        try:
            yield
        finally:
            stop.set()
        for future in sent:
            future.result()


def all_at_once(context: Context, requests: Sequence[Request]) -> list[Scores]:
    """The answers to requests that start together, each sent by a thread of its own."""
    start = threading.Barrier(len(requests))

    def send(request: Request) -> Scores:
        start.wait()
        return ask(context, request)

    with ThreadPoolExecutor(len(requests)) as pool:
        return list(pool.map(send, requests))

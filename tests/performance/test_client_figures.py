"""What the client costs: its share of a request's time, and memory over ten thousand documents."""

from __future__ import annotations

import statistics
import sys
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from harness.deployments.process import free_port, server_process
from harness.targets.http.connection import Connection
from harness.targets.http.dialect import Ask
from harness.targets.http.target import HttpTarget

DOCUMENTS = [f"document number {n} of a request" for n in range(32)]
#: Seconds: the client's share of a request, at the median.
OVERHEAD = 0.002


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HttpTarget]:
    port = free_port()
    command = [sys.executable, "-m", "harness.cli", "serve", "--stub", "--port", str(port)]
    log: Path = tmp_path_factory.mktemp("stub") / "log"
    with server_process(command, f"http://127.0.0.1:{port}/health", log):
        opened = HttpTarget.open(f"http://127.0.0.1:{port}", Connection())
        yield opened
        opened.server.client.close()


def test_the_client_adds_less_than_two_milliseconds_to_a_request(target: HttpTarget) -> None:
    """Against the same bytes sent by httpx alone, in turns, so that a busy machine slows both."""
    content = target.server.call(Ask("q", tuple(DOCUMENTS), raw=True)).content()
    bare, ours = [], []
    with httpx2.Client() as client:
        for _ in range(300):
            bare.append(_seconds(lambda: _bare(client, target.server.client.url, content)))
            ours.append(_seconds(lambda: target.score("q", DOCUMENTS, None)))
    overhead = statistics.median(ours) - statistics.median(bare)
    print(f"\na request of 32 documents takes {1e3 * overhead:.2f} ms longer than httpx alone, at the median")
    assert overhead < OVERHEAD


def test_ten_thousand_documents_leave_no_memory_behind(target: HttpTarget) -> None:
    def requests(count: int) -> int:
        for _ in range(count):
            target.score("q", DOCUMENTS, None)
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        # 3 x 104 requests of 32 documents; the first block fills pools and caches
        sizes = [requests(104) for _ in range(3)]
    finally:
        tracemalloc.stop()
    print(f"\n{2 * 104 * 32} documents later, {(sizes[2] - sizes[0]) / 1024:.1f} KiB more are held")
    assert sizes[2] - sizes[1] < 64 * 1024


def _bare(client: httpx2.Client, url: str, content: bytes | None) -> None:
    response = client.post(f"{url}/rerank", content=content, headers={"content-type": "application/json"})
    assert response.status_code == 200


def _seconds(call: object) -> float:
    started = time.perf_counter()
    call()  # type: ignore[operator]
    return time.perf_counter() - started

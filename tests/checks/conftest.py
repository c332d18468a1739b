"""What the checks of servers share: the embedded model behind each dialect, with or without planted faults."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from harness.engine.serve import faulty_service
from harness.reference.pipeline import Reranker
from harness.serving.run import served
from harness.targets.http.connection import Connection
from harness.targets.http.target import HttpTarget


@pytest.fixture(scope="session")
def _healthy_urls(reranker: Reranker) -> Iterator[Callable[[str], str]]:
    """The healthy server of each dialect that was asked for, for the whole session."""
    urls: dict[str, str] = {}
    with ExitStack() as running:

        def url(dialect: str) -> str:
            if dialect not in urls:
                urls[dialect] = running.enter_context(
                    served(faulty_service(reranker, "tiny-causal", dialect, (), None).application())
                )
            return urls[dialect]

        yield url


@pytest.fixture
def served_target(reranker: Reranker, _healthy_urls: Callable[[str], str]) -> Iterator[Callable[..., HttpTarget]]:
    """Serve the embedded model: `served_target(dialect, *fault_ids, **connection)`, faults of interface or pipeline.

    The key that `api_key_env` names is what the server then asks for.
    """
    with ExitStack() as running:

        def open_target(dialect: str = "tei", *faults: str, **connection: Any) -> HttpTarget:
            reached = Connection(**connection)
            key = reached.secret_headers().get("Authorization")
            if faults or key:
                service = faulty_service(reranker, "tiny-causal", dialect, faults, key and key.removeprefix("Bearer "))
                url = running.enter_context(served(service.application()))
            else:
                url = _healthy_urls(dialect)
            target = HttpTarget.open(f"{dialect}+{url}", reached)
            running.callback(target.server.client.close)
            return target

        yield open_target

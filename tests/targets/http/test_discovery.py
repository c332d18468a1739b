"""Which dialect a server speaks."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest

from harness.core.errors import UsageError
from harness.engine.serve import Serving, open_service
from harness.serving.dialects import interfaces
from harness.serving.run import served
from harness.targets.http.client import Client
from harness.targets.http.discovery import discover
from tests.targets.http.faulty import faulty_server, reply


@pytest.mark.parametrize("name", interfaces())
def test_a_served_dialect_is_found_out_and_said_how(name: str) -> None:
    with served(open_service(Serving(dialect=name, stub=True)).application()) as url:
        client = Client(url)
        found = discover(client, None)
        client.close()
    assert (found.dialect.name, found.facts.model) == (name, "stub")
    assert "answers with" in found.evidence or "owned by" in found.evidence


def test_a_dialect_that_was_named_is_taken_at_its_word() -> None:
    with served(open_service(Serving(dialect="vllm", stub=True)).application()) as url:
        client = Client(url)
        assert discover(client, "jina").dialect.name == "jina"
        client.close()


@pytest.mark.parametrize("body", [b"<html>", json.dumps({"status": "ok"}).encode(), b"[1, 2]", b"null"])
def test_a_server_of_no_dialect_says_what_it_answers_and_what_to_do(body: bytes) -> None:
    with faulty_server(lambda number, asked: [reply(body)]) as (url, _):
        client = Client(url)
        with pytest.raises(UsageError, match=r"name it, e.g. vllm\+"):
            discover(client, None)
        client.close()


@pytest.mark.parametrize(
    "body",
    [b'{"data": [null]}', b'{"data": [{"owned_by": "vllm"}]}', b'{"max_client_batch_size": "x"}', b'{"data": "x"}'],
)
def test_strange_answers_do_not_stop_the_search(body: bytes) -> None:
    with faulty_server(lambda number, asked: [reply(body)]) as (url, _):
        client = Client(url)
        with suppress(UsageError):
            assert discover(client, None).facts.batch_limit is None
        client.close()

"""What a verification occupies."""

import pytest

from harness.engine.setup import Request
from harness.fleet.planning import place_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://localhost:80", "tei+http://127.0.0.1/base"),
        ("https://HOST", "jina+https://host:443/v1"),
        ("http://[::1]:8080", "http://localhost:8080/other"),
        ("reference", "python:module:callable"),
    ],
)
def test_names_of_one_place_are_one_place(one: str, other: str) -> None:
    assert place_of(Request(target=one)) == place_of(Request(target=other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Request(target="http://h:1"), Request(target="http://h:2")),
        (Request(target="http://h"), Request(target="https://h")),
        (Request(device="cpu"), Request(device="cuda")),
        (Request(device="cuda:1"), Request(device="cuda")),
        (Request(target="reference"), Request(target="http://cpu")),
        (Request(target="tei-backend:/tmp/a.sock"), Request(target="tei-backend:/tmp/b.sock")),
    ],
)
def test_places_that_are_not_shared(one: Request, other: Request) -> None:
    assert place_of(one) != place_of(other)


def test_the_first_device_of_a_kind_is_the_one_without_a_number() -> None:
    assert place_of(Request(device="cuda:0")) == place_of(Request(device="cuda"))

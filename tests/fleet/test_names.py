"""Names of deployments, which are their folders."""

import re

import pytest

from harness.fleet.names import names_of


def named(*requests: dict[str, str | None], given: list[str | None] | None = None) -> list[str]:
    return names_of(requests, given or [None] * len(requests))


def test_a_name_is_of_what_deployments_differ_in() -> None:
    found = named({"target": "t", "model": "a", "dtype": "float32"}, {"target": "t", "model": "b", "dtype": "float32"})
    assert found == ["a", "b"]


def test_a_server_is_named_by_host_and_port() -> None:
    assert named({"target": "http://10.0.0.1:80"}, {"target": "tei+http://h:8080/x"}) == ["10.0.0.1-80", "tei-h-8080-x"]


def test_what_nobody_chose_is_the_default() -> None:
    assert named({"dtype": None}, {"dtype": "float16"}) == ["default", "float16"]


def test_no_two_are_the_same_where_letters_do_not_differ_in_case() -> None:
    assert named({"model": "a/b"}, {"model": "a:b"}, {"model": "A-B"}) == ["a-b", "a-b-2", "A-B-3"]


def test_a_file_of_the_folder_is_no_name() -> None:
    assert named({"model": "matrix.json"}, {"model": "x"}) == ["matrix.json-2", "x"]


def test_a_given_name_is_kept_for_the_one_that_was_given_it() -> None:
    assert named({"model": "a"}, {"model": "b"}, given=[None, "a"]) == ["a-2", "a"]


@pytest.mark.parametrize(
    "word", ["../../etc/passwd", "<script>", "..", "\u202egnp", "x" * 500, "a\x00b", "日本", "-rf"]
)
def test_a_hostile_word_is_a_harmless_folder(word: str) -> None:
    for name in named({"model": word}, {"model": "other"}):
        assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]{0,79}", name)

"""A failing request becomes a small one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.core.pairs import Pair
from harness.diagnosis.reproducer import shrink

Request = tuple[Pair, ...]
WORDS = st.lists(st.sampled_from(["a", "b", "culprit", "d", "e"]), min_size=1, max_size=12).map(" ".join)
REQUESTS = st.tuples(WORDS, st.lists(WORDS, min_size=1, max_size=9)).map(lambda drawn: request(*drawn))


def request(query: str, documents: list[str]) -> Request:
    return tuple(Pair(query, document, "judge") for document in documents)


def naming(word: str) -> Callable[[Request], bool]:
    return lambda pairs: any(word in pair.document.split() for pair in pairs)


def counted(fails: Callable[[Request], bool]) -> tuple[Callable[[Request], bool], list[Request]]:
    asked: list[Request] = []
    return lambda pairs: asked.append(pairs) or fails(pairs), asked  # type: ignore[func-returns-value]


def test_one_word_of_one_document_and_of_the_query_is_left() -> None:
    documents = [f"document {number} has many words of no interest" for number in range(20)]
    documents[13] = "somewhere in this long text there is a culprit that nobody sees"
    [pair] = shrink(request("what is it that goes wrong", documents), naming("culprit"))
    assert (pair.document.strip(), len(pair.query.split()), pair.instruction) == ("culprit", 1, "judge")


def test_documents_that_fail_together_stay_together() -> None:
    pairs = request("q", [f"d{number}" for number in range(12)])
    assert shrink(pairs, lambda kept: pairs[2] in kept and pairs[9] in kept) == (pairs[2], pairs[9])


def test_a_request_that_does_not_fail_comes_back() -> None:
    pairs = request("q", ["a b", "c"])
    assert shrink(pairs, lambda kept: False) == pairs
    assert shrink((), lambda kept: False) == ()


def test_what_cannot_be_smaller_comes_back_within_the_budget() -> None:
    pairs = request("q w", [f"words of {number}" for number in range(30)])
    fails, asked = counted(lambda kept: kept == pairs)
    assert shrink(pairs, fails) == pairs
    assert len(asked) == 60


def test_half_of_the_budget_is_kept_for_the_texts() -> None:
    pairs = request("q", ["culprit b c d e f g h", *(f"d{number}" for number in range(29))])
    smallest = shrink(pairs, lambda kept: len(kept) == 30 and naming("culprit")(kept))
    assert smallest[0].document.strip() == "culprit"


def test_blanks_within_a_text_are_kept() -> None:
    pairs = request("q", ["\n a b\n\nc d  e"])
    assert shrink(pairs, lambda kept: "b\n\nc" in kept[0].document)[0].document.strip() == "b\n\nc"


@given(REQUESTS, st.integers(1, 40))
def test_the_result_fails_and_no_request_is_asked_twice_or_beyond_the_budget(pairs: Request, budget: int) -> None:
    fails, asked = counted(naming("culprit"))
    smallest = shrink(pairs, fails, budget)
    assert naming("culprit")(smallest) == naming("culprit")(pairs)
    assert len(set(asked)) == len(asked) <= budget


@given(REQUESTS)
def test_shrinking_is_deterministic(pairs: Request) -> None:
    assert shrink(pairs, naming("culprit")) == shrink(pairs, naming("culprit"))


@pytest.mark.parametrize("budget", [0, 1])
def test_without_calls_to_spare_nothing_is_shrunk(budget: int) -> None:
    pairs = request("q", ["culprit one", "two"])
    assert shrink(pairs, naming("culprit"), budget) == pairs

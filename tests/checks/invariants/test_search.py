from itertools import count

from hypothesis import strategies as st

from harness.checks.invariants.search import SHRINK_CALLS, draw, search
from harness.core.errors import TargetError

TEXTS = st.lists(st.text("abc", max_size=8), min_size=1, max_size=6)


def size(texts: list[str]) -> float:
    return float(sum(map(len, texts)))


def test_the_same_examples_are_drawn_every_time() -> None:
    assert draw(TEXTS, 20) == draw(TEXTS, 20)


def test_as_many_examples_are_drawn_as_were_asked_for() -> None:
    assert len(draw(TEXTS, 25)) == 25


def test_a_counter_example_is_shrunk() -> None:
    found = search(TEXTS, size, limit=2.0, count=40)
    assert found.worst > 2.0
    assert found.smallest == ["aaa"]


def test_a_property_that_holds_has_no_counter_example_and_is_asked_once_an_example() -> None:
    calls = count()
    found = search(TEXTS, lambda texts: 0.0 * next(calls), limit=0.0, count=30)
    assert (found.worst, found.smallest, next(calls)) == (0.0, None, 30)


def test_shrinking_asks_a_bounded_number_of_times() -> None:
    calls = count()

    def violation(texts: list[str]) -> float:
        next(calls)
        return size(texts)

    found = search(st.lists(st.text(min_size=5, max_size=60), min_size=20, max_size=40), violation, 1.0, 5)
    assert found.smallest is not None
    assert next(calls) <= 5 + SHRINK_CALLS * 5


def test_refused_examples_are_counted_and_break_nothing() -> None:
    def violation(texts: list[str]) -> float:
        if len(texts) > 1:
            raise TargetError("refused")
        return 0.0

    found = search(TEXTS, violation, limit=0.5, count=30)
    assert 0 < found.refused < found.examples == 30
    assert (found.worst, found.smallest) == (0.0, None)


def test_a_target_that_moves_still_yields_a_counter_example() -> None:
    moves = count()
    found = search(TEXTS, lambda texts: float(next(moves) % 2), limit=0.5, count=10)
    assert found.smallest is not None

"""Pairs become units of one query each, whatever computes them."""

from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from harness.core.pairs import Pair
from harness.scoring.units import LOAD_TOKENS, loads_of, size, units_of
from tests.scoring.stubs import pairs_of

TEXTS = st.text(max_size=40)
PAIRS = st.lists(st.builds(Pair, st.sampled_from("ab"), TEXTS, st.sampled_from([None, "judge"])), max_size=30)


@given(PAIRS, st.integers(1, 200))
def test_every_pair_is_in_one_unit_in_its_order(pairs: list[Pair], most: int) -> None:
    units = list(units_of(pairs, most))
    assert [Pair(u.query, d, u.instruction) for u in units for d in u.documents] == pairs
    assert [u.first for u in units] == [sum(len(v.documents) for v in units[:n]) for n in range(len(units))]


def test_a_query_with_its_documents_is_one_unit() -> None:
    assert [len(unit.documents) for unit in units_of(pairs_of(3, 50))] == [50, 50, 50]


def test_a_query_with_more_documents_than_a_unit_may_have_becomes_several() -> None:
    units = list(units_of(pairs_of(1, 100), most=size("query 0") + 10 * size("document 0 10")))
    assert [len(unit.documents) for unit in units] == [10] * 10


def test_a_document_that_is_longer_than_a_unit_may_be_is_a_unit_of_its_own() -> None:
    assert [u.documents for u in units_of([Pair("q", "long " * 99), Pair("q", "b")], most=50)] == [
        ("long " * 99,), ("b",),
    ]  # fmt: skip


def test_units_are_planned_as_they_are_asked_for() -> None:
    def pairs():  # type: ignore[no-untyped-def]
        yield from pairs_of(3, 2)
        raise AssertionError("read to the end")

    assert len(list(islice(units_of(pairs()), 2))) == 2


def test_the_id_of_a_unit_is_that_of_its_texts() -> None:
    first, second, other = units_of([Pair("q", "a"), Pair("r", "a"), Pair("q", "a", "judge")])
    assert len({first.id, second.id, other.id}) == 3
    assert first.id == next(units_of([Pair("q", "a")])).id


@given(st.lists(st.integers(1, 3_000), max_size=40))
def test_small_units_travel_together_and_none_is_left_behind(lengths: list[int]) -> None:
    units = list(units_of(Pair(f"q{n}", "word " * length) for n, length in enumerate(lengths)))
    loads = list(loads_of(units))
    assert [unit for load in loads for unit in load.units] == units
    assert all(load.tokens <= LOAD_TOKENS or len(load.units) == 1 for load in loads)


def test_a_lone_surrogate_has_a_size_and_an_id() -> None:
    assert next(units_of([Pair("\ud800", "\udfff")])).id

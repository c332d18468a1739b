"""Buckets and padding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.reference.batch import Padder, buckets
from harness.reference.devices import Device
from harness.reference.encode import Encoding

lengths = st.lists(st.integers(1, 50), min_size=1, max_size=40)


@given(lengths, st.integers(1, 200))
def test_each_encoding_is_in_exactly_one_bucket(sizes: list[int], budget: int) -> None:
    groups = list(buckets([Encoding((7,) * n) for n in sizes], budget))
    assert sorted(i for group in groups for i in group) == list(range(len(sizes)))


@given(lengths, st.integers(1, 200))
def test_a_bucket_stays_within_its_tokens_unless_it_holds_one_pair(sizes: list[int], budget: int) -> None:
    for group in buckets([Encoding((7,) * n) for n in sizes], budget):
        assert len(group) == 1 or len(group) * max(sizes[i] for i in group) <= budget


@given(lengths, st.floats(0, 0.5))
def test_a_bucket_is_padded_by_no_more_than_is_allowed(sizes: list[int], most: float) -> None:
    for group in buckets([Encoding((7,) * n) for n in sizes], 10_000, most):
        padded = len(group) * max(sizes[i] for i in group)
        assert padded - sum(sizes[i] for i in group) <= most * padded


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_answer_is_read_at_the_last_real_token(side: str) -> None:
    batch = Padder(0, side, Device("cpu"))([Encoding((1, 2, 3)), Encoding((4,))])
    assert batch.ids.gather(1, batch.answer[:, None]).flatten().tolist() == [3, 4]


@pytest.mark.parametrize("side", ["left", "right"])
def test_padding_moves_no_position(side: str) -> None:
    batch = Padder(0, side, Device("cpu"))([Encoding((1, 2, 3)), Encoding((4, 5))])
    assert batch.positions[1][batch.mask[1].bool()].tolist() == [0, 1]

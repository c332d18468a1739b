"""Workers share a card where they fit."""

import pytest

from harness.core.errors import UsageError
from harness.scoring.placement import Placement, share_of_card

GIB = 2**30


@pytest.mark.parametrize(
    ("needed", "share", "workers"), [(2.6, 0.04, 25), (10.0, 0.13, 7), (40.0, 0.5, 2), (40.1, 1.0, 1), (80.0, 1.0, 1)]
)
def test_a_share_is_rounded_up_and_more_than_half_a_card_is_all_of_it(
    needed: float, share: float, workers: int
) -> None:
    assert share_of_card(int(needed * GIB), 80 * GIB) == share
    assert int(1 / share) == workers


def test_what_does_not_fit_a_card_is_told() -> None:
    with pytest.raises(UsageError, match=r"a worker needs 81\.0 GiB and the card has 80\.0 GiB"):
        share_of_card(81 * GIB, 80 * GIB)


def test_a_placement_is_said_in_words() -> None:
    assert [str(Placement(2)), str(Placement(1, 0.25))] == ["2 CPU", "1 CPU and 0.25 of a GPU"]

"""Scores by pair are those of a dict, in less room."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.core.pairs import Pair
from harness.core.scored import Scored

PAIRS = st.builds(Pair, st.sampled_from("ab"), st.sampled_from("cd"), st.sampled_from([None, "", "judge"]))


@given(given=st.lists(st.tuples(PAIRS, st.floats(allow_nan=False))), asked=PAIRS)
def test_what_was_remembered_is_what_a_dict_would_hold(given: list[tuple[Pair, float]], asked: Pair) -> None:
    scored, plain = Scored(), dict(given)
    scored.update(given)
    assert dict(scored) == plain
    assert (len(scored), asked in scored, scored.get(asked)) == (len(plain), asked in plain, plain.get(asked))


def test_a_pair_that_is_unknown_or_forgotten_is_no_key() -> None:
    scored = Scored()
    scored[Pair("q", "d")] = 0.5
    del scored[Pair("q", "d")]
    assert (len(scored), Pair("q", "d") in scored, "q" in scored) == (0, False, False)
    with pytest.raises(KeyError, match="document='d'"):
        scored[Pair("q", "d")]

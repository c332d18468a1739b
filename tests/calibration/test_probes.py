"""Probes reach from a few tokens to the context limit, within the tokens that they may have."""

from __future__ import annotations

import unicodedata

import pytest

from harness.calibration.probes import FULL, QUICK, Plan, Probe, probes
from harness.reference.pipeline import Reranker


@pytest.fixture(scope="module")
def quick(reference: Reranker) -> tuple[Probe, ...]:
    return probes(reference, QUICK)


def test_the_shortest_document_has_a_few_tokens_and_the_longest_prompt_fills_the_context(
    quick: tuple[Probe, ...], reference: Reranker
) -> None:
    lengths = [probe.tokens for probe in quick]
    assert (min(lengths) < 105, max(lengths)) == (True, reference.parts.checkpoint.max_length)


def test_lengths_are_met_to_a_token_or_two(quick: tuple[Probe, ...]) -> None:
    wanted = sorted({probe.tokens for probe in quick[: QUICK.lengths]})
    assert all(min(abs(probe.tokens - length) for length in wanted) <= 2 for probe in quick)


def test_the_first_probes_have_one_of_each_length(quick: tuple[Probe, ...]) -> None:
    lengths = [probe.tokens for probe in quick[: QUICK.lengths]]
    assert lengths == sorted(set(lengths))


def test_nothing_is_cut(quick: tuple[Probe, ...], reference: Reranker) -> None:
    assert {reference.encoding(probe.pair).truncated for probe in quick} == {0}


def test_texts_are_of_several_scripts(quick: tuple[Probe, ...]) -> None:
    scripts = {unicodedata.name(probe.pair.query[0]).split()[0] for probe in quick}
    assert scripts >= {"LATIN", "CJK", "CYRILLIC"}


def test_the_same_seed_chooses_the_same_texts_and_another_seed_others(reference: Reranker) -> None:
    same, again, other = (probes(reference, Plan(2, 2, 3_000, seed)) for seed in (0, 0, 1))
    assert (same == again, same == other) == (True, False)


@pytest.mark.parametrize("tokens", [500, 3_000, 20_000])
def test_all_probes_together_stay_within_the_tokens(reference: Reranker, tokens: int) -> None:
    found = probes(reference, Plan(5, 8, tokens))
    assert 0 < sum(probe.tokens for probe in found) <= tokens


def test_one_short_probe_is_left_where_tokens_are_too_few_for_any(reference: Reranker) -> None:
    assert len(probes(reference, Plan(5, 8, 1))) == 1


def test_a_full_plan_has_as_many_probes_as_the_smallest_multiple_takes() -> None:
    from harness.calibration.limits import MULTIPLES

    assert FULL.lengths * FULL.each >= MULTIPLES[0][0]

"""The negative controls."""

import numpy as np

from harness.targets.controls import ConstantControl, RandomControl


def test_a_constant_control_answers_the_same_to_everything() -> None:
    assert ConstantControl().score("q", ["a", "b"], None) == [0.5, 0.5]


def test_a_random_control_says_the_same_of_the_same_pair_every_day() -> None:
    assert RandomControl(3).score("q", ["a"], None) == RandomControl(3).score("q", ["a"], "other")


def test_random_controls_of_different_seeds_are_unrelated_and_uniform() -> None:
    documents = [str(i) for i in range(2_000)]
    a, b = (np.array(RandomControl(seed).score("q", documents, None)) for seed in (0, 1))
    assert abs(np.corrcoef(a, b)[0, 1]) < 0.1
    assert abs(a.mean() - 0.5) < 0.05

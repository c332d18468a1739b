"""Facts that an experiment decides: each is so with some values and not with others; wrong values are told."""

from __future__ import annotations

from typing import Any

import pytest

from harness.audit import Vocabulary
from harness.audit.facts import facts
from harness.core.errors import UsageError


def test_every_fact_is_known_by_its_name() -> None:
    assert list(facts()) == ["autocast-device-type", "constant-score", "token-ids"]


@pytest.mark.parametrize(
    ("values", "holds", "told"),
    [
        ({"yes": 9693, "no": 2152}, True, "9693 is 'yes', 'yes' is 9693; 2152 is 'no', 'no' is 2152"),
        ({"yes": 9454}, False, "9454 is 'Yes', 'yes' is 9693"),
        ({"yes": 9693, "no": 2901}, False, "2901 is 'irtual', 'no' is 2152"),
        ({"unbelievable words": 1}, False, "'unbelievable words' is"), ({"yes": 10**7}, False, "'yes' is 9693"),
    ],
)  # fmt: skip
def test_ids_of_words(values: dict[str, int], holds: bool, told: str, vocabulary: Vocabulary) -> None:
    held, evidence = facts()["token-ids"](values, vocabulary)
    assert held is holds
    assert told in evidence


@pytest.mark.parametrize(
    ("device", "device_type", "holds"),
    [("mps", "mps", True), ("mps", "cpu", False), ("cpu", "cpu", True), ("cuda", "cpu", False)],
)
def test_autocast_acts_on_its_own_device(device: str, device_type: str, holds: bool, vocabulary: Vocabulary) -> None:
    import torch

    if not torch.amp.is_autocast_available(device_type):
        pytest.skip(f"this PyTorch has no autocast for {device_type}")
    given = {"device": device, "device_type": device_type}
    held, evidence = facts()["autocast-device-type"](given, vocabulary)
    assert held is holds
    assert f"within autocast('{device_type}') it is {'on' if holds else 'off'} for {device} tensors" in evidence


def test_an_experiment_leaves_nothing_switched_on(vocabulary: Vocabulary) -> None:
    import torch

    facts()["autocast-device-type"]({"device": "cpu", "device_type": "cpu"}, vocabulary)
    assert not torch.is_autocast_enabled("cpu")


@pytest.mark.parametrize(
    ("score", "faults", "holds", "told"),
    [
        (0.7310586, ["double-sigmoid"], True, "a model that is sure of every document scores 0.7310586 throughout"),
        (0.7310586, ["word-fragment-answers"], False, "so that a further activation is needed"),
        (0.9, ["double-sigmoid"], False, "with double-sigmoid planted, 60 pairs score from"),
        (0.7310586, ["word-fragment-answers", "double-sigmoid"], True, "word-fragment-answers and double-sigmoid"),
    ],
)
def test_a_constant_score_of_planted_faults(
    score: float, faults: list[str], holds: bool, told: str, vocabulary: Vocabulary
) -> None:
    held, evidence = facts()["constant-score"]({"score": score, "faults": faults}, vocabulary)
    assert held is holds
    assert told in evidence


@pytest.mark.parametrize(
    ("name", "values", "told"),
    [
        ("token-ids", {}, "takes words and their ids in `with`"), ("token-ids", {"yes": "9693"}, r"takes yes \(int\)"),
        ("token-ids", {"yes": True}, "there is True"), ("token-ids", {"yes": 1.0}, "there is 1.0"),
        ("autocast-device-type", {"device": "mps"}, r"takes device_type \(str\) in `with`; there is None"),
        ("autocast-device-type", {"device": 1, "device_type": "cpu"}, r"takes device \(str\)"),
        ("autocast-device-type", {"device": "abacus", "device_type": "cpu"}, "the fact autocast-device-type: "),
        ("autocast-device-type", {"device": "cpu", "device_type": "abacus"}, "the fact autocast-device-type: "),
        ("constant-score", {"faults": ["double-sigmoid"]}, r"takes score \(float\)"),
        ("constant-score", {"score": 0.5}, r"takes faults \(list\)"),
        ("constant-score", {"score": 0.5, "faults": ["no-such-fault"]}, "no-such-fault"),
        ("constant-score", {"score": 0.5, "faults": []}, "faults"),
        ("constant-score", {"score": 0.5, "faults": [3]}, "faults"),
    ],
)  # fmt: skip
def test_values_that_are_missing_or_wrong_are_told(
    name: str, values: dict[str, Any], told: str, vocabulary: Vocabulary
) -> None:
    with pytest.raises(UsageError, match=told) as error:
        facts()[name](values, vocabulary)
    assert "\n" not in str(error.value)

"""Which label of a classifier is the positive one."""

from typing import Any

import pytest

from harness.core.errors import UsageError
from harness.reference.labels import positive_label


@pytest.mark.parametrize(
    ("id2label", "index"),
    [
        ({"0": "irrelevant", "1": "relevant"}, 1),
        ({0: "YES", 1: "NO"}, 0),
        ({"0": "LABEL_0", "1": "LABEL_1"}, 1),
        ({"0": "LABEL_1", "1": "LABEL_0"}, 0),
        ({"0": "entailment", "1": "not_entailment"}, 0),
        ({"0": "0", "1": "1"}, 1),
        ({"0": "off-topic", "1": "Positive"}, 1),
        ({"0": "negative", "1": "good"}, 1),
        ({"0": "anything"}, 0),
    ],
)
def test_the_positive_label_is_found(id2label: dict[Any, str], index: int) -> None:
    assert positive_label({"id2label": id2label}).index == index


@pytest.mark.parametrize(
    ("config", "reason"),
    [
        ({}, "no id2label"),
        ({"id2label": {"0": "a", "1": "b"}}, "neither of the two"),
        ({"id2label": {"0": "yes", "1": "relevant"}}, "contradictory"),
        ({"id2label": {"0": "a", "1": "b", "2": "c"}}, "3 labels"),
        ({"id2label": {"0": "no", "2": "yes"}}, "without gaps"),
        ({"id2label": {"x": "no"}}, "no integer"),
        ({"id2label": ["no", "yes"]}, "must be an object"),
        ({"id2label": {"0": "no", "1": "yes"}, "label2id": {"no": 1, "yes": 0}}, "contradict each other"),
    ],
)
def test_what_cannot_be_known_is_refused_and_never_guessed(config: dict[str, Any], reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        positive_label(config)


def test_labels_and_rows_of_the_classifier_must_agree() -> None:
    with pytest.raises(UsageError, match="2 labels but the classifier has 1"):
        positive_label({"id2label": {"0": "no", "1": "yes"}}, outputs=1)


def test_one_output_needs_no_names() -> None:
    assert positive_label({}, outputs=1).count == 1

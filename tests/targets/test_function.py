"""A callable as a target, and answers that are no scores."""

import math
from typing import Any

import pytest

from harness.core.errors import TargetError, UsageError
from harness.core.scores import Scale
from harness.targets.function import FunctionTarget


def target(answer: Any) -> FunctionTarget:
    return FunctionTarget(lambda query, documents, instruction: answer, "python:t:f")


def test_numbers_of_any_kind_are_scores() -> None:
    assert target((1, True, 0.5)).score("q", ["a", "b", "c"], None) == [1.0, 1.0, 0.5]


def test_nan_is_let_through_for_a_check_to_judge() -> None:
    assert math.isnan(target([math.nan]).score("q", ["a"], None)[0])


@pytest.mark.parametrize("answer", [None, 3, ["a"], [None], [[0.1]], {"score": 1}, [0.1], [0.1, 0.2, 0.3]])
def test_what_is_no_list_of_scores_names_what_it_is(answer: Any) -> None:
    with pytest.raises(TargetError, match="python:t:f answered"):
        target(answer).score("q", ["a", "b"], None)


def test_an_exception_of_the_callable_is_the_target_dying() -> None:
    def broken(query: str, documents: list[str], instruction: str | None) -> list[float]:
        raise KeyError("model")

    with pytest.raises(TargetError, match="KeyError: 'model'"):
        FunctionTarget(broken, "python:t:f").score("q", ["a"], None)


def test_a_declared_scale_is_taken_and_a_wrong_one_refused() -> None:
    def raw(query: str, documents: list[str], instruction: str | None) -> list[float]:
        return [2.0]

    raw.scale = "log-odds"  # type: ignore[attr-defined]
    assert FunctionTarget(raw, "x").capabilities.scale is Scale.LOG_ODDS
    raw.scale = "percent"  # type: ignore[attr-defined]
    with pytest.raises(UsageError, match="percent"):
        _ = FunctionTarget(raw, "x").capabilities

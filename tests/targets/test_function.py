"""A callable as a target, and answers that are no scores."""

import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harness.core.errors import TargetError, UsageError
from harness.core.scores import Scale
from harness.targets.function import FunctionTarget, import_function


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


def _broken(*_: Any) -> list[float]:
    raise KeyError("model")


def _ending(*_: Any) -> list[float]:
    sys.exit(0)


def _breaking_off(*_: Any) -> Iterator[float]:
    yield 0.5
    raise RuntimeError("gone\nand more")


@pytest.mark.parametrize(
    ("function", "told"),
    [(_broken, "KeyError: 'model'"), (_ending, "SystemExit: 0"), (_breaking_off, "RuntimeError: gone")],
)
def test_an_exception_of_the_callable_is_the_target_dying(function: Any, told: str) -> None:
    with pytest.raises(TargetError) as raised:
        FunctionTarget(function, "python:t:f").score("q", ["a", "b"], None)
    assert str(raised.value) == f"python:t:f raised {told}"


@pytest.mark.parametrize("source", ["import sys\nsys.exit(0)", "raise ValueError('no model')", "def f(:"])
def test_a_module_that_cannot_be_imported_is_refused(
    source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "unimportable.py").write_text(source)
    with pytest.raises(UsageError, match=r"module 'unimportable' cannot be imported \(\w+: "):
        import_function("python:unimportable:f")


def test_a_declared_scale_is_taken_and_a_wrong_one_refused() -> None:
    def raw(query: str, documents: list[str], instruction: str | None) -> list[float]:
        return [2.0]

    raw.scale = "log-odds"  # type: ignore[attr-defined]
    assert FunctionTarget(raw, "x").capabilities.scale is Scale.LOG_ODDS
    raw.scale = "percent"  # type: ignore[attr-defined]
    with pytest.raises(UsageError, match="percent"):
        _ = FunctionTarget(raw, "x").capabilities

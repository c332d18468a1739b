"""A calibration gives a verification its limits, or is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from harness.calibration.probes import Plan
from harness.calibration.reading import write_calibration
from harness.calibration.result import Calibration
from harness.core.errors import UsageError
from harness.engine.calibration import Asked, calibrate, limits_of, older_of
from harness.engine.resolve import resolve_model
from harness.engine.setup import Request, build_context

ONE = Asked("cpu", ("float32",), ("sdpa",), Plan(2, 2, 2_400))


@pytest.fixture(scope="module")
def calibration() -> Calibration:
    return calibrate(resolve_model("tiny-causal"), ONE)


@pytest.fixture
def path(calibration: Calibration, tmp_path: Path) -> Path:
    write_calibration(calibration, tmp_path / "tiny.json")
    return tmp_path / "tiny.json"


def test_the_limits_of_a_verification_are_those_of_the_file(calibration: Calibration, path: Path) -> None:
    noise = build_context(Request(calibration=path), lambda event: None).noise
    largest = max(spread.deviation.max for spread in calibration.measured("cpu", "float32").values())
    assert noise.floor_logit == pytest.approx(largest, abs=1e-6)
    assert "tiny.json, measured on" in noise.origin


MISTAKES = {
    "another model": (Request(model="tiny-seq-cls"), "another model"),
    "another dtype": (Request(dtype="bfloat16"), "no measured rows of cpu in bfloat16"),
    "no model": (Request(target="python:json:dumps"), "name it with --model"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_file_that_does_not_fit_is_refused(name: str, path: Path) -> None:
    request, reason = MISTAKES[name]
    with pytest.raises(UsageError, match=reason) as error:
        limits_of(replace(request, calibration=path), lambda: request.dtype or "float32")
    assert "\n" not in str(error.value)


def altered(calibration: Calibration, **changes: object) -> Calibration:
    return replace(calibration, origins={"cpu": replace(calibration.origins["cpu"], **changes)})  # type: ignore[arg-type]


PLACES: dict[str, tuple[Callable[[Calibration], Calibration], str]] = {
    "hardware": (lambda c: altered(c, hardware="an abacus"), "measured on an abacus"),
    "version": (lambda c: altered(c, versions={**c.origins["cpu"].versions, "torch": "1.0.0"}), "with torch 1.0.0"),
}


@pytest.mark.parametrize("name", PLACES)
def test_a_file_from_elsewhere_is_refused(name: str, calibration: Calibration, path: Path) -> None:
    change, reason = PLACES[name]
    write_calibration(change(calibration), path)
    with pytest.raises(UsageError, match=reason):
        limits_of(Request(calibration=path), lambda: "float32")


def test_a_file_of_another_model_is_not_overwritten(path: Path) -> None:
    assert older_of(path, resolve_model("tiny-causal")) is not None
    with pytest.raises(UsageError, match="not overwritten"):
        older_of(path, resolve_model("tiny-seq-cls"))


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (replace(ONE, dtypes=("int3",)), "no dtype 'int3'"),
        (replace(ONE, kernels=("fast",)), "no kernel 'fast'"),
        (replace(ONE, device="tpu"), "no device 'tpu'"),
    ],
)
def test_a_mistake_is_told_before_anything_is_loaded(asked: Asked, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        asked.validate()


def test_devices_that_were_not_asked_for_say_so(calibration: Calibration) -> None:
    reasons = {row.reason for row in calibration.rows if row.device == "cuda"}
    assert reasons == {"only cpu was asked for"}

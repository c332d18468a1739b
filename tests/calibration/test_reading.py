"""A calibration is read where it fits, and refused in one line where it does not."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from harness.calibration.reading import other_model, other_place, read_calibration, schema, write_calibration
from harness.calibration.result import Calibration
from harness.core.errors import UsageError


@pytest.fixture
def written(calibration: Calibration, tmp_path: Path) -> Path:
    path = tmp_path / "tiny.json"
    write_calibration(calibration, path)
    return path


def test_what_is_written_is_what_is_read(calibration: Calibration, written: Path) -> None:
    assert read_calibration(written) == calibration


def test_what_is_written_fits_the_schema(written: Path) -> None:
    jsonschema.validate(json.loads(written.read_text(encoding="utf-8")), schema())


def test_a_row_is_a_line(calibration: Calibration, written: Path) -> None:
    lines = [line for line in written.read_text(encoding="utf-8").splitlines() if '"kernel"' in line]
    assert len(lines) == len(calibration.rows)


def test_a_folder_that_is_not_there_is_one_line(calibration: Calibration, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot write"):
        write_calibration(calibration, tmp_path / "nowhere" / "tiny.json")


def number(document: dict[str, Any], value: object) -> None:
    document["rows"][0]["deviation"]["max"] = value


def numbers_without_measurement(document: dict[str, Any]) -> None:
    row = next(row for row in document["rows"] if row["status"] == "not measured")
    row["deviation"] = {"median": 0.1, "p90": 0.1, "p99": 0.1, "max": 0.1}


DAMAGES: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "another document": (lambda d: d.update(schema="rerank-harness/run/1"), "is no calibration of"),
    "no rows": (lambda d: d.pop("rows"), "'rows' is a required property"),
    "a negative number": (lambda d: number(d, -0.1), "damaged at rows/0"),
    "a word for a number": (lambda d: number(d, "much"), "damaged at rows/0"),
    "no number": (lambda d: number(d, float("nan")), "NaN is no number"),
    "a number beyond all": (lambda d: number(d, float("inf")), "Infinity is no number"),
    "numbers that nobody measured": (numbers_without_measurement, "damaged at rows/"),
    "a device without a name": (lambda d: d["devices"].update(tpu=d["devices"]["cpu"]), "damaged at devices"),
    "rows of a device that is not told of": (lambda d: d["devices"].clear(), "tells nothing of cpu"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_file_is_refused_in_one_line(name: str, written: Path) -> None:
    damage, reason = DAMAGES[name]
    document = json.loads(written.read_text(encoding="utf-8"))
    damage(document)
    written.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(UsageError, match=reason) as error:
        read_calibration(written)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("text", ["", "{", "[]", "\x00", "[" * 100_000, '"rows"'])
def test_what_is_no_calibration_is_refused_in_one_line(text: str, tmp_path: Path) -> None:
    (tmp_path / "tiny.json").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as error:
        read_calibration(tmp_path / "tiny.json")
    assert "\n" not in str(error.value)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "tiny.json").write_bytes(b"\xff\xfe{}")
    with pytest.raises(UsageError, match="cannot be read as a calibration"):
        read_calibration(tmp_path / "tiny.json")


def test_another_model_is_told_by_its_digest(calibration: Calibration) -> None:
    other = "sha256:" + "0" * 64
    assert other_model(calibration, calibration.model["digest"]) is None
    assert "sha256:000000000000" in (other_model(calibration, other) or "")


def test_the_same_place_is_the_same(calibration: Calibration) -> None:
    origin = calibration.origins["cpu"]
    assert other_place(origin, origin.hardware, origin.versions) is None


@pytest.mark.parametrize("package", ["torch", "transformers"])
def test_another_minor_version_is_told_and_another_patch_is_not(package: str, calibration: Calibration) -> None:
    origin = calibration.origins["cpu"]
    major, minor, *_ = str(origin.versions[package]).split(".")
    patch, other = f"{major}.{minor}.99+cu130", f"{major}.{int(minor) + 1}.0"
    assert other_place(origin, origin.hardware, {**origin.versions, package: patch}) is None
    assert f"here it is {other}" in (other_place(origin, origin.hardware, {**origin.versions, package: other}) or "")


def test_other_hardware_is_told_by_name(calibration: Calibration) -> None:
    origin = calibration.origins["cpu"]
    assert "measured on another" in (other_place(replace(origin, hardware="another"), "this", origin.versions) or "")


def test_rows_of_other_devices_are_kept_and_those_of_the_same_are_new(calibration: Calibration) -> None:
    cpu = [row for row in calibration.rows if row.device == "cpu"]
    elsewhere = replace(
        calibration,
        origins={"mps": calibration.origins["cpu"]},
        rows=tuple(replace(row, device="mps") for row in cpu),
    )
    both = calibration.with_devices_of(elsewhere)
    assert set(both.origins) == {"cpu", "mps"}
    assert len(both.measured("mps", "float32")) == len(both.measured("cpu", "float32")) > 0
    assert calibration.with_devices_of(calibration) == calibration

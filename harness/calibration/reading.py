"""Calibrations as files: written whole, read only where they fit model, versions, hardware, device and dtype."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from harness.calibration.result import Calibration, Origin
from harness.core.documents import Kind, read_document, write_whole
from harness.core.errors import UsageError

MAKE = "rerank-harness calibrate --out FILE"
#: Bytes that a calibration may have.
LARGEST = 5 * 2**20
#: Packages whose change of the major or minor version may change how a sum is rounded.
ROUNDING = ("torch", "transformers")


def write_calibration(calibration: Calibration, path: Path) -> None:
    """Write a calibration, whole or not at all, one row a line; UsageError where it cannot be written."""
    document = calibration.as_dict()
    rows = ",\n".join(f"    {json.dumps(row)}" for row in document["rows"])
    text = json.dumps({**document, "rows": []}, indent=2, ensure_ascii=False, allow_nan=False)
    write_whole(text.replace('"rows": []', f'"rows": [\n{rows}\n  ]') + "\n", path)


def read_calibration(path: Path) -> Calibration:
    """Read a calibration; UsageError where the file is none or is damaged, with the place."""
    found = Calibration.of_dict(read_document(path, Kind("calibration", schema(), MAKE, LARGEST)))
    untold = sorted({row.device for row in found.rows if row.spread is not None} - set(found.origins))
    if untold:
        raise UsageError(f"{path} is damaged: it tells nothing of {untold[0]}, of which it has measured rows")
    return found


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema of a calibration."""
    text = (files("harness.calibration") / "calibration.schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def other_model(calibration: Calibration, digest: str) -> str | None:
    """How the calibrated model differs from the one of that digest."""
    own = calibration.model["digest"]
    if own == digest:
        return None
    return f"it is of another model ({calibration.model['id']}, digest {own[:19]}…; here it is {digest[:19]}…)"


def other_place(origin: Origin, hardware: str, versions: Mapping[str, str | None]) -> str | None:
    """How versions or hardware differ from those under which the rows of a device were measured."""
    for package in ROUNDING:
        there, here = origin.versions.get(package), versions.get(package)
        if _minor(there) != _minor(here):
            return f"it was measured with {package} {there}; here it is {here}"
    return None if origin.hardware == hardware else f"it was measured on {origin.hardware}; this is {hardware}"


def _minor(version: str | None) -> list[str] | None:
    """Major and minor."""
    return None if version is None else version.split(".")[:2]

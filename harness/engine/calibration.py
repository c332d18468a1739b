"""From what `calibrate` was asked for to the calibration, and from a calibration to the limits of a verification."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from harness.calibration.limits import Limits
from harness.calibration.probes import FULL, Plan
from harness.calibration.reading import other_model, other_place, read_calibration
from harness.calibration.result import PACKAGES, Calibration, Origin
from harness.calibration.rows import Row
from harness.core.errors import UsageError
from harness.core.versions import version_of
from harness.reference.attention import KERNELS
from harness.reference.checkpoint import Checkpoint
from harness.reference.devices import DTYPES, KINDS, Device, hardware

if TYPE_CHECKING:
    from harness.calibration.measure import Ruler
    from harness.engine.setup import Request

#: Weights of eight bits, activations in float32.
INT8 = "int8"
#: What deployments compute in.
USUAL = ("float32", "float16", "bfloat16", INT8)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be measured; without a device, all that are here. `command` makes the measurement again."""

    device: str | None = None
    dtypes: tuple[str, ...] = USUAL
    kernels: tuple[str, ...] = KERNELS
    plan: Plan = FULL
    command: str = "rerank-harness calibrate"

    def validate(self) -> None:
        """UsageError for a device that is not here, and for a dtype or kernel that is not known."""
        for kind, names, known in (("dtype", self.dtypes, (*DTYPES, INT8)), ("kernel", self.kernels, KERNELS)):
            for name in names:
                if name not in known:
                    raise UsageError(f"no {kind} {name!r}; expected one of {', '.join(known)}")
        if self.device is not None and (reason := Device.parse(self.device).missing()):
            raise UsageError(f"device {self.device} cannot be used: {reason}")

    def missing(self, kind: str) -> str | None:
        """Why a kind of device is not measured; None if it is."""
        if self.device is None:
            return Device(kind).missing()
        return None if Device.parse(self.device).kind == kind else f"only {self.device} was asked for"


def calibrate(checkpoint: Checkpoint, asked: Asked, on_row: Callable[[Row], None] = lambda row: None) -> Calibration:
    """Measure all that was asked for, row by row; rows of devices that are not here have a reason and no numbers."""
    from harness.calibration.measure import Ruler, not_measured
    from harness.calibration.probes import probes
    from harness.engine.setup import load_reference

    asked.validate()
    reference = load_reference(checkpoint)
    assert reference is not None
    ruler = Ruler.of(reference, probes(reference, asked.plan))
    rows: list[Row] = []
    for kind in KINDS:
        reason = asked.missing(kind)
        here = _measured(checkpoint, kind, asked, ruler) if reason is None else None
        for row in here or not_measured((kind,), asked.dtypes, asked.kernels, reason or ""):
            on_row(row)
            rows.append(row)
    found = {row.device for row in rows if row.spread is not None}
    return Calibration(
        model={"id": checkpoint.id, "digest": checkpoint.digest, "architecture": checkpoint.architecture},
        reference_dtype=str(reference.parts.precision.dtype).removeprefix("torch."),
        origins={kind: _origin(_device(kind, asked), asked, ruler) for kind in KINDS if kind in found},
        rows=tuple(rows),
    )


def _measured(checkpoint: Checkpoint, kind: str, asked: Asked, ruler: Ruler) -> Iterator[Row]:
    from harness.calibration.measure import measured
    from harness.reference.loading import load_reranker
    from harness.reference.quantise import quantised

    for dtype in asked.dtypes:
        whole = load_reranker(checkpoint, _device(kind, asked), dtype="float32" if dtype == INT8 else dtype)
        yield from measured(quantised(whole) if dtype == INT8 else whole, dtype, asked.kernels, ruler)


def _device(kind: str, asked: Asked) -> Device:
    return Device(kind) if asked.device is None else Device.parse(asked.device)


def _origin(device: Device, asked: Asked, ruler: Ruler) -> Origin:
    import torch

    return Origin(
        hardware=hardware(device), threads=torch.get_num_threads(), versions=_versions(),
        date=datetime.now(UTC).isoformat(timespec="seconds"), command=asked.command, seed=asked.plan.seed,
        probes=len(ruler.probes),
        tokens=(min(probe.tokens for probe in ruler.probes), max(probe.tokens for probe in ruler.probes)),
    )  # fmt: skip


def _versions() -> dict[str, str | None]:
    return {name: version_of(name) for name in PACKAGES}


def older_of(path: Path | None, checkpoint: Checkpoint) -> Calibration | None:
    """The calibration that a file already holds; UsageError if it is of another model or is no calibration."""
    if path is None or not path.exists():
        return None
    found = read_calibration(path)
    if wrong := other_model(found, checkpoint.digest):
        raise UsageError(f"{path} is not overwritten: {wrong}; name another file with --out")
    return found


def limits_of(request: Request, dtype: Callable[[], str]) -> Limits | None:
    """What a calibration file says of the device and of the dtype that the target computes in; None where no file was
    named. UsageError where it is of another model, version, hardware or device, and says what differs.
    """
    if request.calibration is None:
        return None
    if request.checkpoint is None:
        raise UsageError("--calibration needs the checkpoint that it was measured on; name it with --model")
    path, found = request.calibration, read_calibration(request.calibration)
    kind, computed_in = request.parsed_device.kind, dtype()
    spreads, origin = found.measured(kind, computed_in), found.origins.get(kind)
    wrong = other_model(found, request.checkpoint.digest)
    if wrong is None and not spreads:
        wrong = f"it has no measured rows of {kind} in {computed_in}"
    if wrong is None and origin is not None:
        wrong = other_place(origin, hardware(request.parsed_device), _versions())
    if wrong is not None or origin is None:
        model = f"--model {request.model} " if request.model else ""
        again = f"rerank-harness calibrate {model}--device {request.device} --dtype {computed_in} --out FILE"
        raise UsageError(f"{path} does not fit: {wrong}; measure here: {again}")
    return Limits(
        spreads, origin.probes, f"from {path.name}, measured on {origin.hardware} at {origin.date}: {origin.command}"
    )

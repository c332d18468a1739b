"""From a model's name to its answer pack."""

from __future__ import annotations

from harness.core.errors import UsageError
from harness.diagnosis.packs import Pack
from harness.engine.resolve import DEFAULT_MODEL, resolve_model
from harness.engine.setup import load_reference
from harness.reference.devices import Device


def pack_of(model: str | None, device: str, dtype: str | None, *, allow_pickles: bool = False) -> Pack:
    """The pack of a model: its answers in the reference's dtype, its noise as measured on `device`."""
    from harness.diagnosis.noise import measured_noise, measured_tolerance
    from harness.diagnosis.packing import make_pack
    from harness.diagnosis.weights import Weights

    where = Device.parse(device)
    if reason := where.missing():
        raise UsageError(f"device {device} cannot be used: {reason}")
    reference = load_reference(resolve_model(model or DEFAULT_MODEL, allow_pickles=allow_pickles))
    assert reference is not None
    weights = Weights(reference, measured_noise(reference, where))
    computed_in = str(reference.parts.precision.dtype).removeprefix("torch.")
    try:
        tolerance = measured_tolerance(reference, where, dtype)
        return make_pack(weights, tolerance, {"device": device, "reference_dtype": computed_in})
    finally:
        weights.close()

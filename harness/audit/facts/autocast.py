"""Fact `autocast-device-type`: mixed precision on a device is asked for under a certain device type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from harness.audit.facts.registry import fact, value
from harness.core.errors import UsageError

if TYPE_CHECKING:
    from harness.audit.vocabulary import Vocabulary


@fact("autocast-device-type")
def autocast_device_type(values: Mapping[str, Any], vocabulary: Vocabulary) -> tuple[bool, str]:
    """Autocast for `device_type` is what switches it on for tensors of `device`, in the PyTorch that is installed."""
    import torch

    device = value(values, "device", str, "autocast-device-type")
    device_type = value(values, "device_type", str, "autocast-device-type")
    try:
        own = torch.amp.is_autocast_available(device)
        with torch.autocast(device_type, dtype=torch.bfloat16):
            switched = torch.is_autocast_enabled(device)
    except RuntimeError as error:
        raise UsageError(f"the fact autocast-device-type: {str(error).splitlines()[0]}") from None
    told = (
        f"PyTorch {torch.__version__}: autocast is {'' if own else 'not '}available for device type {device!r} itself; "
        f"within autocast({device_type!r}) it is {'on' if switched else 'off'} for {device} tensors"
    )
    return switched, told

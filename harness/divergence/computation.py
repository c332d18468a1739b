"""A computation: a device, a dtype and an attention kernel, written cpu/float32/sdpa."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from harness.core.errors import UsageError
from harness.reference.attention import KERNELS, kernel_of, missing_kernel
from harness.reference.devices import DTYPES, KINDS, Device

if TYPE_CHECKING:
    from harness.reference.checkpoint import Checkpoint
    from harness.reference.pipeline import Reranker

ORDER = ("device", "dtype", "kernel")
EXPECTED = "expected DEVICE/DTYPE/KERNEL, of which parts may be left out, e.g. cuda/bfloat16 or cpu/float32/eager"


@dataclass(frozen=True, slots=True)
class Computation:
    """How something is computed; without a dtype as the device's policy has it, without a kernel as the model is
    loaded.
    """

    device: Device
    dtype: str | None = None
    kernel: str | None = None

    @classmethod
    def parse(cls, text: str) -> Computation:
        """Read device, dtype and kernel in that order; the device is the CPU where none is named. UsageError names the
        part that is none of them.
        """
        parts = text.split("/")
        kinds = [_kind(part, text) for part in parts]
        if kinds != [kind for kind in ORDER if kind in kinds]:
            raise UsageError(f"no computation {text!r}: {EXPECTED}")
        found = dict(zip(kinds, parts, strict=True))
        return cls(Device.parse(found.get("device", "cpu")), found.get("dtype"), found.get("kernel"))

    def load(self, checkpoint: Checkpoint) -> Reranker:
        """The reranker that computes so; UsageError where the device or the kernel is not to be had."""
        from harness.reference.loading import load_reranker

        self.require()
        reranker = load_reranker(checkpoint, self.device, dtype=self.dtype)
        module: Any = reranker.parts.module
        if self.kernel in (None, kernel_of(module)):
            return reranker
        reason = missing_kernel(reranker, self.kernel)
        if reason is None:
            module.set_attn_implementation(self.kernel)
        if kernel_of(module) != self.kernel:
            raise UsageError(f"{self} cannot be computed: {reason or 'the model keeps to ' + str(kernel_of(module))}")
        return reranker

    def require(self) -> None:
        """UsageError where the device is missing."""
        if reason := self.device.missing():
            raise UsageError(f"device {self.device} cannot be used: {reason}")

    def __str__(self) -> str:
        return "/".join(filter(None, (str(self.device), self.dtype, self.kernel)))


def computation_of(reranker: Reranker) -> Computation:
    """What a reranker computes in."""
    chosen = reranker.parts.precision
    dtype = str(chosen.autocast or chosen.dtype).removeprefix("torch.")
    return Computation(chosen.device, dtype, kernel_of(reranker.parts.module))


def _kind(part: str, text: str) -> str:
    """Which part of a computation a word is."""
    if part in DTYPES:
        return "dtype"
    if part in KERNELS:
        return "kernel"
    if part.partition(":")[0] in KINDS:
        return "device"
    raise UsageError(
        f"no computation {text!r}: {part!r} is no device ({', '.join(KINDS)}), dtype ({', '.join(DTYPES)}) or kernel "
        f"({', '.join(KERNELS)}): {EXPECTED}"
    )

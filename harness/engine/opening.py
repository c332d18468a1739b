"""What a run says of itself when it opens: who is verified, with what, in which environment."""

from __future__ import annotations

import hashlib
import json
import platform
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from harness.checks.context import Context
from harness.checks.profiles import profile
from harness.checks.registry import Check
from harness.core.errors import UsageError
from harness.core.events import RunStarted
from harness.core.versions import version_of
from harness.engine.setup import Request
from harness.reference.devices import Device
from harness.targets.http.connection import Connection

_PACKAGES = ("rerank-harness", "torch", "transformers", "tokenizers", "safetensors", "numpy", "scipy", "hypothesis")
_CONNECTION = ("api_key_env", "ca_file", "timeout", "concurrency", "model_name", "pid")


def run_started(request: Request, checks: Sequence[Check], context: Context | None = None) -> RunStarted:
    """The first event: validates everything that can be validated without loading weights. `context` is None where the
    device is missing.
    """
    profile(request.profile)
    dialect = None if context is None else context.target.capabilities.dialect
    return RunStarted(
        started=now(), target={"spec": request.target, "dialect": dialect}, model=_model(request),
        device=str(request.parsed_device), profile=request.profile, environment=environment(request, context),
        planned=tuple(c.id for c in checks), id=uuid4().hex, inputs=_inputs(request, context), request=asked(request),
    )  # fmt: skip


def now() -> str:
    """The time as ISO 8601, UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def asked(request: Request) -> dict[str, Any]:
    """What was asked for, as JSON. Headers may hold secrets: only how many there were is told."""
    reached = request.connection
    return {
        "target": request.target, "model": request.model, "device": request.device, "profile": request.profile,
        "collection": request.collection, "dtype": request.dtype, "require_device": request.require_device,
        "allow_pickles": request.allow_pickles, "applies_prompt": request.applies_prompt,
        "pack": _word(request.pack), "calibration": _word(request.calibration), "record": _word(request.record),
        "source": _word(request.source),
        "api_key_env": reached.api_key_env, "headers": len(reached.headers), "ca_file": _word(reached.ca_file),
        "timeout": reached.timeout, "concurrency": reached.concurrency, "model_name": reached.model_name,
        "pid": reached.pid,
    }  # fmt: skip


def request_of(asked: Mapping[str, Any], headers: Sequence[str] = ()) -> Request:
    """The request that `asked` told of, with headers given anew; UsageError where it does not tell all of it."""
    try:
        fields = dict(asked)
        for name in ("pack", "calibration", "record", "ca_file", "source"):
            fields[name] = None if fields[name] is None else Path(fields[name])
        count = fields.pop("headers")
        reached = {name: fields.pop(name) for name in _CONNECTION}
        request = Request(**fields, goes_on=True, connection=Connection(headers=tuple(headers), **reached))
    except (KeyError, TypeError) as error:
        raise UsageError(f"the run does not tell all that was asked for ({error}); make it anew") from None
    if count != len(headers):
        raise UsageError(
            f"the run was made with {count} --header, which are not kept, and {len(headers)} are given now"
        )
    return request


def environment(request: Request, context: Context | None) -> dict[str, Any]:
    """What the figures of a run depend on beside target and model; threads only where something here computes."""
    import os

    import psutil

    loaded = sys.modules.get("torch")  # by whatever computes: nothing else is to pay for it
    facts: dict[str, Any] = {
        "python": platform.python_version(), "platform": platform.platform(),
        "processor": platform.machine(), "processor_name": _processor(), "cores": os.cpu_count(),
        "memory_bytes": psutil.virtual_memory().total,
        "threads": None if loaded is None else loaded.get_num_threads(), "dtype": _dtype(request, context),
        "collection": request.judged.name, "packages": {name: version_of(name) for name in _PACKAGES},
    }  # fmt: skip
    return facts | _accelerator(request.parsed_device)


def _model(request: Request) -> dict[str, Any]:
    if (pack := request.answers) is not None:
        return dict(pack.model) | {"pack": pack.digest}
    if (checkpoint := request.checkpoint) is None:
        return {"id": None, "digest": None}
    return {
        "id": checkpoint.id, "digest": checkpoint.digest, "architecture": checkpoint.architecture,
        "form": checkpoint.form.value, "family": checkpoint.family.id, "max_length": checkpoint.max_length,
        "files": checkpoint.file_digests,
    }  # fmt: skip


def _inputs(request: Request, context: Context | None) -> dict[str, Any]:
    """Digests of everything that the run is made with, beside the model."""
    judged = request.judged if context is None else context.collection
    template = request.template
    prompt = None if template is None else {**asdict(template), "applied_by_target": request.applies_prompt}
    given = {"pack": request.pack, "calibration": request.calibration}
    return {
        "collection": judged.digest,
        "prompt": None if prompt is None else _digest(json.dumps(prompt, sort_keys=True).encode()),
        **{name: _digest(path.read_bytes()) for name, path in given.items() if path is not None},
    }


def _dtype(request: Request, context: Context | None) -> str | None:
    """What the target is expected to compute in; None where neither a model nor a user says."""
    return request.dtype if context is None or context.checkpoint is None else context.working_dtype


def _accelerator(device: Device) -> dict[str, Any]:
    if device.kind != "cuda" or device.missing() is not None:
        return {}
    import torch

    return {
        "accelerator": torch.cuda.get_device_name(device.torch), "cuda": torch.version.cuda, "driver": _driver(),
    }  # fmt: skip


def _processor() -> str | None:
    """The processor's own name; None where this system does not tell it as Linux does."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), None)


def _driver() -> str | None:
    """The version of NVIDIA's kernel driver; None where this system does not tell."""
    try:
        return Path("/sys/module/nvidia/version").read_text(encoding="ascii").strip()
    except OSError:
        return None


def _word(path: Path | None) -> str | None:
    return None if path is None else str(path)


def _digest(content: bytes) -> str:
    return "sha256:" + hashlib.sha256(content).hexdigest()

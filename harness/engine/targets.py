"""From a target's spec to the target."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from harness.core.errors import UsageError
from harness.targets.http.connection import is_http
from harness.targets.protocol import Target

if TYPE_CHECKING:
    from harness.engine.setup import Request

Note = Callable[[str, str], None]
KINDS = (
    "reference", "http://host:port", "dialect+http://host:port", "sentence-transformers:DIR", "onnx:DIR",
    "recorded:FILE", "tei-backend:SOCKET", "python:module:callable",
)  # fmt: skip


def open_target(request: Request, note: Note) -> Target:
    """The target of a request, in the model's prompt if it takes prompts only, and recorded if that was asked for.

    UsageError names the kinds there are; TargetError says why a server cannot be reached.
    """
    target = request.given_target or _open(request, note)
    if not request.applies_prompt:
        target = _formatted(request, target)
    if request.record is None:
        return target
    from harness.targets.recorded import Recorder

    return (Recorder.going_on if request.goes_on else Recorder)(target, request.record)


def close_target(target: Target) -> None:
    """Give back what a target holds: connections, where it has any."""
    inner = getattr(target, "target", target)
    if inner is not target:
        close_target(inner)
    elif close := getattr(target, "close", None):
        close()


def _open(request: Request, note: Note) -> Target:
    spec = request.target
    if request.is_reference:
        return _reference(request, note)
    if is_http(spec):
        return _server(request, note)
    kind, _, place = spec.partition(":")
    if not place:
        raise UsageError(f"no target of the kind {spec!r}; kinds: {', '.join(KINDS)}")
    match kind:
        case "python":
            from harness.targets.function import import_function

            return import_function(spec)
        case "tei-backend":
            from harness.targets.grpc.backend import open_backend

            return open_backend(spec, place, request.checkpoint, request.connection.timeout)
        case "sentence-transformers":
            from harness.targets.sentence_transformers import open_cross_encoder

            return open_cross_encoder(spec, place, request.device, request.dtype)
        case "onnx":
            from harness.targets.onnx import open_onnx

            return open_onnx(spec, place, request.device)
        case "recorded":
            from harness.targets.recorded import open_recording

            return open_recording(spec, Path(place))
    raise UsageError(f"no target of the kind {spec!r}; kinds: {', '.join(KINDS)}")


def _reference(request: Request, note: Note) -> Target:
    from harness.reference.loading import load_reranker
    from harness.targets.reference import ReferenceTarget

    assert request.checkpoint is not None
    return ReferenceTarget(load_reranker(request.checkpoint, request.parsed_device, dtype=request.dtype, on_note=note))


def _server(request: Request, note: Note) -> Target:
    from harness.targets.http.target import HttpTarget

    target = HttpTarget.open(request.target, request.connection, even_if_refusing=request.even_if_refusing)
    found = target.server.discovered
    note("dialect", f"{request.target} speaks {found.dialect.name}: {found.evidence}")
    return target


def _formatted(request: Request, target: Target) -> Target:
    from harness.targets.preformatted import PreFormatted

    template = request.template
    if template is None:
        raise UsageError("--prompt caller needs a model (--model or --pack) whose family has a prompt")
    return PreFormatted(target, template)

"""`rerank-harness verify`: runs the checks and writes the run and its reports."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from harness.cli import options

NAME = "verify"


def run(
    target: options.Target = "reference",
    model: options.Model = None,
    device: options.Device = "cpu",
    profile: Annotated[str, typer.Option(help="smoke, ci, nightly or release: how much data.")] = "ci",
    collection: Annotated[str | None, typer.Option(help="A judged collection: a BEIR folder.")] = None,
    out: options.Out = None,
    dtype: options.Dtype = None,
    pack: options.Pack = None,
    calibration: options.Calibration = None,
    only: Annotated[list[str] | None, typer.Option(help="A check or an area; may be given more than once.")] = None,
    require_device: Annotated[bool, typer.Option("--require-device", help="Fail where the device is missing.")] = False,
    allow_pickles: options.AllowPickles = False,
    record: Annotated[Path | None, typer.Option(help="Write what the target answers, for recorded:FILE.")] = None,
    prompt: options.Prompt = options.PromptBy.SERVER,
    api_key_env: options.ApiKeyEnv = None,
    header: options.Header = None,
    ca_file: options.CaFile = None,
    timeout: options.Timeout = 60.0,
    concurrency: options.Concurrency = 4,
    model_name: options.ModelName = None,
    pid: options.Pid = None,
) -> None:
    """Verify a reranker and write the report; exit status 0 only if all that matters was verified."""
    from harness.engine.session import select_checks
    from harness.engine.setup import Request
    from harness.engine.verification import verify_into
    from harness.targets.http.connection import Connection

    request = Request(
        target=target, model=model, device=device, profile=profile, collection=collection, dtype=dtype,
        pack=pack, calibration=calibration, require_device=require_device, allow_pickles=allow_pickles, record=record,
        applies_prompt=prompt is options.PromptBy.SERVER,
        connection=Connection(api_key_env, tuple(header or ()), ca_file, timeout, concurrency, model_name, pid),
    )  # fmt: skip
    finished = verify_into(request, out, select_checks(only) if only else None)
    raise typer.Exit(finished.exit_status)

"""`rerank-harness verify`: runs the checks and writes the run and its reports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from harness.cli import options
from harness.core.errors import UsageError

if TYPE_CHECKING:
    from harness.engine.afterwards import Afterwards

NAME = "verify"
#: What may be given beside --resume: it is not kept in a run's folder.
BESIDE_RESUME = ("resume", "header", "store", "against", "waivers", "allow_other_hardware")


def run(
    context: typer.Context,
    target: options.Target = "reference",
    model: options.Model = None,
    device: options.Device = "cpu",
    profile: options.Profile = "ci",
    collection: options.Collection = None,
    out: options.Out = None,
    dtype: options.Dtype = None,
    pack: options.Pack = None,
    calibration: options.Calibration = None,
    source: options.Source = None,
    only: options.Only = None,
    require_device: options.RequireDevice = False,
    allow_pickles: options.AllowPickles = False,
    record: options.Record = None,
    prompt: options.Prompt = options.PromptBy.SERVER,
    api_key_env: options.ApiKeyEnv = None,
    header: options.Header = None,
    ca_file: options.CaFile = None,
    timeout: options.Timeout = 60.0,
    concurrency: options.Concurrency = 4,
    model_name: options.ModelName = None,
    pid: options.Pid = None,
    store: options.Store = None,
    against: options.Against = None,
    allow_other_hardware: options.OtherHardware = False,
    waivers: options.Waivers = None,
    resume: options.Resume = None,
) -> None:
    """Verify a reranker and write the report; exit status 0 only if all that matters was verified."""
    from harness.engine.afterwards import Afterwards

    afterwards = Afterwards(store, against, waivers, allow_other_hardware)
    if resume is not None:
        _resume(context, resume, header or (), afterwards)
    from harness.engine.session import select_checks
    from harness.engine.setup import Request
    from harness.engine.verification import verify_into
    from harness.targets.http.connection import Connection

    request = Request(
        target=target, model=model, device=device, profile=profile, collection=collection, dtype=dtype,
        pack=pack, calibration=calibration, source=source, require_device=require_device,
        allow_pickles=allow_pickles, record=record,
        applies_prompt=prompt is options.PromptBy.SERVER,
        connection=Connection(api_key_env, tuple(header or ()), ca_file, timeout, concurrency, model_name, pid),
    )  # fmt: skip
    finished = verify_into(request, out, select_checks(only) if only else None, afterwards)
    raise typer.Exit(finished.exit_status)


def _resume(context: typer.Context, folder: Path, headers: Sequence[str], afterwards: Afterwards) -> NoReturn:
    """Go on with a run; UsageError for an option that it has from its folder."""
    from harness.engine.resume import resume

    given = [name for name in context.params if _is_given(context, name) and name not in BESIDE_RESUME]
    if given:
        raise UsageError(f"--resume takes --{given[0].replace('_', '-')} from the run's folder; leave it out")
    finished = resume(folder, headers, afterwards)
    if finished.had_finished:
        typer.echo(f"the run had finished; its reports were written anew: {folder}", err=True)
    raise typer.Exit(finished.exit_status)


def _is_given(context: typer.Context, name: str) -> bool:
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"

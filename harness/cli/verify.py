"""`rerank-harness verify`: runs the checks and writes the run and its reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from harness.cli import options
from harness.core.errors import UsageError

if TYPE_CHECKING:
    from harness.engine.afterwards import Afterwards
    from harness.engine.setup import Request
    from harness.scoring.engine import Engine

NAME = "verify"
#: Who answers questions of many pairs: scores do not depend on it.
ENGINE = ("engine", "workers", "ray_address", "deadline")
#: What may be given beside --resume: it is not kept in a run's folder.
BESIDE_RESUME = ("resume", "header", "store", "against", "waivers", "allow_other_hardware", "at_once", *ENGINE)


def run(
    context: typer.Context,
    *,
    target: options.Targets = None,
    targets: options.TargetsFile = None,
    matrix: options.Matrix = None,
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
    reached: options.Reached,
    concurrency: options.Concurrency = 4,
    pid: options.Pid = None,
    store: options.Store = None,
    against: options.Against = None,
    allow_other_hardware: options.OtherHardware = False,
    waivers: options.Waivers = None,
    resume: options.Resume = None,
    at_once: options.AtOnce = None,
    by: options.ScoredBy,
) -> None:
    """Verify a reranker, or several, and write the report; exit status 0 only if all that matters was verified."""
    from harness.engine.afterwards import Afterwards
    from harness.engine.setup import Request

    afterwards = Afterwards(store, against, waivers, allow_other_hardware)
    if resume is not None:
        options.refuse_beside_resume(context, BESIDE_RESUME)
        _resume(resume, reached.headers, afterwards, at_once, by)
    request = Request(
        target=(target or ["reference"])[0], model=model, device=device, profile=profile, collection=collection,
        dtype=dtype, pack=pack, calibration=calibration, source=source, require_device=require_device,
        allow_pickles=allow_pickles, record=record, applies_prompt=prompt is options.PromptBy.SERVER,
        connection=replace(reached, concurrency=concurrency, pid=pid),
    )  # fmt: skip
    if matrix is not None or targets is not None or len(target or ()) > 1:
        _several(context, request, out, afterwards, by)
    if at_once is not None:
        raise UsageError("--at-once is about several deployments: name them with --target, --targets or --matrix")
    _one(request, out, only, afterwards, by)


def _one(
    request: Request, out: Path | None, only: Sequence[str] | None, afterwards: Afterwards, by: Engine
) -> NoReturn:
    from harness.engine.session import select_checks
    from harness.engine.verification import verify_into

    finished = verify_into(request, out, select_checks(only) if only else None, afterwards, by)
    raise typer.Exit(finished.exit_status)


def _several(
    context: typer.Context, request: Request, out: Path | None, afterwards: Afterwards, by: Engine
) -> NoReturn:
    """Verify the deployments that differ from `request` in what the command line names more than once or in a file."""
    from harness.fleet.asking import Asked, verify_several

    given = context.params
    asked = Asked(
        request, frozenset(options.given(context)), tuple(given["target"] or ()), given["targets"], given["matrix"],
        tuple(given["only"] or ()),
    )  # fmt: skip
    raise typer.Exit(verify_several(asked, out, afterwards, given["at_once"], by))


def _resume(folder: Path, headers: Sequence[str], afterwards: Afterwards, at_once: int | None, by: Engine) -> NoReturn:
    """Go on with a run or several."""
    from harness.engine.resume import resume
    from harness.fleet.plan import is_fleet

    if is_fleet(folder):
        from harness.fleet.verifying import Wanted, resume_fleet

        raise typer.Exit(resume_fleet(folder, Wanted(tuple(headers), afterwards, at_once, by)))
    finished = resume(folder, headers, afterwards, by)
    if finished.had_finished:
        typer.echo(f"the run had finished; its reports were written anew: {folder}", err=True)
    raise typer.Exit(finished.exit_status)

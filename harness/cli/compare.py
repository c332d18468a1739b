"""`rerank-harness compare`: a run held against an earlier one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harness.cli import options
from harness.core.comparison import ALPHA, MARGIN

if TYPE_CHECKING:
    from harness.core.comparison import Comparison
    from harness.core.run import Run

NAME = "compare"


def run(
    base: Annotated[
        str, typer.Argument(metavar="BASE", help="A run: a folder, an events.jsonl, an id in the store, last-good.")
    ],
    run: Annotated[str, typer.Argument(metavar="RUN", help="The run that is held against it.")],
    json: options.Json = None,
    out: Annotated[Path | None, typer.Option(help="Folder for nightly.md and nightly.html.")] = None,
    store: options.Store = None,
    margin: Annotated[float, typer.Option(min=0.0, help="Loss of a mean metric that would not matter.")] = MARGIN,
    alpha: Annotated[
        float,
        typer.Option(min=1e-6, max=0.5, help="How often healthy runs may raise an alarm, in each family."),
    ] = ALPHA,
    allow_other_hardware: options.OtherHardware = False,
) -> None:
    """Compare quality, scores, speed, memory and findings; exit status 1 where anything is worse, 2 where the runs
    cannot be compared. What is flaky, seen in one take and gone in the next, is told and changes no status.
    """
    from harness.core.comparison import Judgement
    from harness.engine.runs import resolve_run
    from harness.regression.compare import compare
    from harness.regression.document import as_document

    now = resolve_run(run, store)
    before = resolve_run(base, store, of=now)
    found = compare(before, now, alpha=alpha, margin=margin, other_hardware=allow_other_hardware)
    if json is not None:
        options.write_json(as_document(found), json)
    if json != "-":
        _show(found)
    if out is not None:
        _write(now, found, out, store)
    raise typer.Exit(1 if found.judgement is Judgement.WORSE else 0)


def _show(found: Comparison) -> None:
    from reports.comparing import shown

    shown(found)


def _write(now: Run, found: Comparison, out: Path, store: str | None) -> None:
    from harness.engine.nightly import nightly_of
    from harness.history.store import open_store
    from reports.nightly import write_nightly

    write_nightly(nightly_of(now, found, None if store is None else open_store(store)), out)

"""`rerank-harness score`: scores of pairs by the reference or by targets, as JSON lines or as Parquet files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from harness.cli import options
from harness.core.errors import UsageError

if TYPE_CHECKING:
    from harness.engine.scoring import Asked, Scoring
    from harness.scoring.engine import Engine
    from harness.scoring.manifest import Manifest
    from harness.scoring.units import Unit

NAME = "score"
#: What may be given beside --resume: scores do not depend on it, or it is not kept.
BESIDE_RESUME = ("resume", "header", "engine", "workers", "ray_address", "deadline")


def run(
    context: typer.Context,
    *,
    pairs: Annotated[
        Path | None,
        typer.Argument(metavar="PAIRS.jsonl", help="Lines of query, document and, where wanted, instruction."),
    ] = None,
    target: Annotated[
        list[str] | None,
        typer.Option(help="By whom; more than once: servers that share the load. [default: the reference]"),
    ] = None,
    model: options.Model = None,
    device: options.Device = "cpu",
    dtype: options.Dtype = None,
    allow_pickles: options.AllowPickles = False,
    reached: options.Reached,
    concurrency: options.Concurrency = 4,
    by: options.ScoredBy,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Write Parquet files there, no lines.")] = None,
    resume: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Go on with the scoring of this folder; all else is known there.")
    ] = None,
) -> None:
    """Score each pair of PAIRS.jsonl, one query with its documents at a time: score (probability) and log-odds."""
    from harness.engine.scoring import Asked

    if resume is not None:
        options.refuse_beside_resume(context, BESIDE_RESUME)
        _go_on(resume, reached.headers, by)
        return
    if pairs is None:
        raise UsageError("score needs PAIRS.jsonl, a file of lines of query and document")
    connection = replace(reached, concurrency=concurrency)
    asked = Asked(pairs, tuple(target or ()), model, device, dtype, allow_pickles, connection)
    if out is None:
        _print(asked, by)
    else:
        _keep(asked, by, out)


def _print(asked: Asked, by: Engine) -> None:
    with _told(asked, by) as scoring:
        for unit, log_odds in scoring.in_order():
            for line in _lines(unit, log_odds):
                typer.echo(line)


def _keep(asked: Asked, by: Engine, out: Path) -> None:
    with _told(asked, by) as scoring:
        _say(scoring.into(out), out)


def _go_on(folder: Path, headers: tuple[str, ...], by: Engine) -> None:
    from harness.engine.scoring import begun_in

    asked, begun = begun_in(folder, headers)
    if begun.finished is not None:
        typer.echo(f"the scoring had finished: {folder}")
        return
    with _told(asked, by) as scoring:
        _say(scoring.go_on(folder, begun), folder)


def _say(done: Manifest, folder: Path) -> None:
    from reports.text import plural

    typer.echo(f"{plural(done.pairs['count'], 'pair')} in {plural(done.units or 0, 'unit')}: {folder}")


@contextmanager
def _told(asked: Asked, by: Engine) -> Iterator[Scoring]:
    """A scoring that says how far it is, on a terminal, and anywhere which workers were lost."""
    from rich.console import Console
    from rich.progress import Progress

    from harness.engine.scoring import Scoring

    console = Console(stderr=True, highlight=False, markup=False)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as bars:
        task = bars.add_task("pairs", total=None)
        scored: Callable[[int, int], None] = lambda done, of: bars.update(task, completed=done, total=of)  # noqa: E731
        yield Scoring(asked, by, tell=lambda what: typer.echo(what, err=True), scored=scored)


def _lines(unit: Unit, log_odds: tuple[float, ...]) -> Iterator[str]:
    """One JSON object a document."""
    import json

    from harness.core.events import finite
    from harness.core.scores import to_probability

    for document, odds, score in zip(unit.documents, log_odds, to_probability(log_odds), strict=True):
        line: dict[str, Any] = {"query": unit.query, "document": document}
        line |= {} if unit.instruction is None else {"instruction": unit.instruction}
        yield json.dumps(finite({**line, "score": float(score), "log_odds": odds}), ensure_ascii=False)

"""`rerank-harness history`: figures from run to run, and the runs that changed them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from harness.cli import options

if TYPE_CHECKING:
    from harness.history.lines import Line

NAME = "history"


def run(
    store: options.Store = None,
    figure: Annotated[str | None, typer.Option(help="One figure, e.g. quality/ndcg@10; else all, in brief.")] = None,
    slice: Annotated[str | None, typer.Option(help='One slice, e.g. language=de; "" is all queries.')] = None,
    target: Annotated[str | None, typer.Option(help="Runs of this target.")] = None,
    model: Annotated[str | None, typer.Option(help="Runs of this model.")] = None,
    device: Annotated[str | None, typer.Option(help="Runs on this device.")] = None,
    dtype: Annotated[str | None, typer.Option(help="Runs in this dtype.")] = None,
    plot: Annotated[Path | None, typer.Option(help="Draw the series of --figure as SVG, one file a series.")] = None,
    json: options.Json = None,
) -> None:
    """List the series of every figure, print and draw those of one, and name the runs after which they changed."""
    from harness.core.errors import UsageError
    from harness.history.lines import lines_of, matching
    from harness.history.store import open_store

    if plot is not None and figure is None:
        raise UsageError("--plot draws the series of one figure; name it with --figure")
    chosen = matching(target=target, model=model, device=device, dtype=dtype)
    opened = open_store(store, to_read=True)
    if not opened.runs():
        raise UsageError("the store has no run yet; `rerank-harness store RUN` keeps one")
    lines = lines_of(opened, chosen, figure, slice)
    if not lines:
        raise UsageError("no run of the store has such a figure; `rerank-harness history` lists what there is")
    if json is not None:
        options.write_json([_document(line) for line in lines], json)
    if json != "-":
        _list(lines) if figure is None else _print(lines)
    if plot is not None:
        _draw(lines, plot)


def _document(line: Line) -> dict[str, Any]:
    return {
        "figure": line.name, "slice": line.slice, "unit": line.unit,
        "points": [{"run": p.run.id, "started": p.run.started, "verdict": p.run.verdict, "value": p.value}
                   for p in line.points],
        "changes": [asdict(turn) for turn in line.turns],
    }  # fmt: skip


def _list(lines: list[Line]) -> None:
    """A row a series, those that changed first."""
    from harness.history.lines import told
    from reports.text import number

    rows = [
        (line.title, str(len(line.points)), number(min(line.values)), number(max(line.values)), number(line.values[-1]),
         line.unit, str(len(line.turns) or ""))
        for line in sorted(lines, key=lambda line: not line.turns)
    ]  # fmt: skip
    _table(("series", "runs", "least", "greatest", "last", "unit", "changes"), rows)
    for line in lines:
        for sentence in told(line):
            typer.echo(sentence)


def _print(lines: list[Line]) -> None:
    from harness.history.lines import told
    from reports.text import moment, number

    for line in lines:
        typer.echo(line.title)
        turned = {turn.change.index for turn in line.turns}
        rows = [
            (moment(point.run.started), point.run.id[:8], number(point.value), line.unit, point.run.verdict,
             "changed" if n in turned else "")
            for n, point in enumerate(line.points)
        ]  # fmt: skip
        _table(("time", "run", "value", "unit", "verdict", ""), rows)
        for sentence in told(line):
            typer.echo(sentence)


def _table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for title in header:
        table.add_column(title, no_wrap=True)
    for row in rows:
        table.add_row(*row)
    Console(highlight=False, markup=False, emoji=False, width=1_000).print(table)


def _draw(lines: list[Line], plot: Path) -> None:
    """One file a series; the second and later ones are numbered."""
    from harness.engine.nightly import picture_of
    from reports.store import write_atomically

    for n, line in enumerate(lines, 1):
        path = plot if n == 1 else plot.with_stem(f"{plot.stem}-{n}")
        write_atomically(path, picture_of(line).standalone)
        typer.echo(f"drawn: {path}", err=True)

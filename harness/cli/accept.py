"""`rerank-harness accept`: makes a run the new base, with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from harness.cli import options

if TYPE_CHECKING:
    from harness.core.comparison import Comparison, FindingChange

NAME = "accept"
_HEADER = ("check", "margin before", "now", "moved", "of the limit", "")


def run(
    run: Annotated[
        str, typer.Argument(metavar="RUN", help="A run: its folder, its events.jsonl, or an id in the store.")
    ],
    reason: Annotated[str, typer.Option(help="Why what changed is right; it is kept.")],
    base: Annotated[
        str | None, typer.Option(help="The base of before. [default: the last good run of its kind]")
    ] = None,
    who: Annotated[str | None, typer.Option(help="Who accepts. [default: user.name of git, or the login]")] = None,
    store: options.Store = None,
) -> None:
    """Accept a run as the base of the runs to come: who, when and why are written into the history, and how each margin
    moved is shown.
    """
    from harness.engine.acceptance import accept

    done = accept(run, reason, base=base, who=who, store=store)
    if done.comparison is None:
        typer.echo("there was no base before, so no margin has moved")
    else:
        _show(done.comparison)
    accepted = done.acceptance
    typer.echo(f"accepted: {accepted.run_id[:8]}, {accepted.when}")
    typer.echo(f"by: {accepted.who} ({done.person.known_by})")
    typer.echo(f"reason: {accepted.reason}")


def _show(comparison: Comparison) -> None:
    from harness.regression.acceptance import margins

    typer.echo(f"base: {comparison.base.id[:8]} of {comparison.base.started}; run: {comparison.judgement}")
    for sentence in comparison.left_out:
        typer.echo(f"not compared: {sentence}")
    rows = [_row(change) for change in margins(comparison)]
    if not rows:
        typer.echo("the two runs have no margin in common")
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for title in _HEADER:
        table.add_column(title, no_wrap=True)
    for row in rows:
        table.add_row(*row)
    Console(highlight=False, markup=False, emoji=False, width=1_000).print(table)


def _row(change: FindingChange) -> tuple[str, ...]:
    from harness.regression.acceptance import share_moved
    from reports.tables import named
    from reports.text import quantity

    before, now = change.base or change.finding, change.run or change.finding
    step = "" if before.status is now.status else f"{before.status} → {now.status}"
    return (
        named(now), quantity(before.margin, now.unit), quantity(now.margin, now.unit),
        quantity(change.margin_moved, now.unit), f"{share_moved(change):+.1%}" if now.limit else "", step,
    )  # fmt: skip

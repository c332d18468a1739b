"""`rerank-harness layers`: the first module at which two devices, dtypes or kernels part."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harness.cli import options

if TYPE_CHECKING:
    from rich.console import Console

    from harness.core.pairs import Pair
    from harness.divergence.bundle import Bundle
    from harness.divergence.replay import Replay, Two
    from harness.divergence.result import Divergence
    from harness.divergence.table import Table
    from harness.reference.checkpoint import Checkpoint

NAME = "layers"
#: Pairs of the embedded collection that are compared where none are named.
PAIRS = 3


def run(
    a: Annotated[
        str | None,
        typer.Argument(metavar="A", help="DEVICE/DTYPE/KERNEL, e.g. cpu/float32/sdpa; parts may be left out."),
    ] = None,
    b: Annotated[str | None, typer.Argument(metavar="B", help="What is held against A, written likewise.")] = None,
    model: options.Model = None,
    pairs: Annotated[Path | None, typer.Option(help="Lines of query, document and, where wanted, instruction.")] = None,
    json: options.Json = None,
    bundle: Annotated[
        Path | None, typer.Option(help="File to write that makes the comparison again elsewhere.")
    ] = None,
    replay: Annotated[Path | None, typer.Option(help="A bundle to make again; A and B may then be left out.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Show every module, not only the worst.")] = False,
    allow_pickles: options.AllowPickles = False,
) -> None:
    """Compare computations A and B of a model module by module; exit status 1 if a module diverges."""
    from harness.core.errors import UsageError
    from harness.divergence.bundle import read_bundle, write_bundle
    from harness.divergence.replay import record
    from harness.divergence.replay import replay as replayed
    from harness.engine.resolve import DEFAULT_MODEL, resolve_model

    computations = _computations(a, b)
    if replay is not None:
        if pairs is not None or bundle is not None:
            raise UsageError("--replay has its own pairs and writes no bundle: leave out --pairs and --bundle")
        read = read_bundle(replay)
        again = replayed(read, _checkpoint(read, model, allow_pickles), computations)
        _finish(again.found, again, json, every)
    if computations is None:
        raise UsageError("name two computations, e.g. rerank-harness layers cpu/float32 cpu/bfloat16, or --replay FILE")
    checkpoint = resolve_model(model or DEFAULT_MODEL, allow_pickles=allow_pickles)
    made = record(checkpoint, computations, _pairs(pairs))
    if bundle is not None:
        write_bundle(made, bundle)
    _finish(made.divergence, None, json, every)


def _computations(a: str | None, b: str | None) -> Two | None:
    from harness.core.errors import UsageError
    from harness.divergence.computation import Computation

    if a is None:
        return None
    if b is None:
        raise UsageError(f"two computations are compared, and only {a!r} is named")
    return Computation.parse(a), Computation.parse(b)


def _pairs(path: Path | None) -> list[Pair]:
    from fixtures.collections import load_judged
    from fixtures.collections.pairs import read_pairs

    if path is not None:
        return list(read_pairs(path))
    known = list(load_judged().pairs())
    return [known[place * len(known) // PAIRS] for place in range(PAIRS)]


def _checkpoint(bundle: Bundle, model: str | None, allow_pickles: bool) -> Checkpoint:
    """The model that is named, or the one that the bundle names."""
    from harness.core.errors import UsageError
    from harness.engine.resolve import resolve_model

    recorded = bundle.divergence.model["id"]
    try:
        return resolve_model(model or recorded, allow_pickles=allow_pickles)
    except UsageError as error:
        if model is not None:
            raise
        raise UsageError(f"the bundle's model {recorded!r} is not here ({error}); name it with --model") from None


def _finish(found: Divergence, again: Replay | None, json: str | None, every: bool) -> None:
    """Write and print what was found, and leave with its exit status."""
    if json is not None:
        options.write_json((again or found).as_dict(), json)
    if json != "-":
        _show(found, again, every)
    raise typer.Exit(0 if found.first is None else 1)


def _show(found: Divergence, again: Replay | None, every: bool) -> None:
    from rich.console import Console
    from rich.text import Text

    from harness.divergence.table import changes_of, modules_of, reproduction_of, verdict_of
    from reports.text import one_line

    console = Console(highlight=False, markup=False, emoji=False)
    _print_table(console, modules_of(found, every))
    if again is not None and again.changes:
        _print_table(console, changes_of(again))
    for line in () if again is None else (*again.notes, reproduction_of(again)):
        console.print(Text(one_line(line)), soft_wrap=True)
    word, style = ("PASS", "green") if found.first is None else ("FAIL", "bold red")
    console.print(Text(word, style) + Text(f"  {one_line(verdict_of(found))}"), soft_wrap=True)


def _print_table(console: Console, table: Table) -> None:
    from rich.table import Table as Shown

    header, rows = table
    shown = Shown(box=None, padding=(0, 2, 0, 0))
    for place, name in enumerate(header):
        shown.add_column(name, no_wrap=True, justify="left" if place in (0, 4) else "right")
    for row in rows:
        shown.add_row(*row)
    console.print(shown, end="\n\n")

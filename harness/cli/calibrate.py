"""`rerank-harness calibrate`: measures how far a healthy reranker is from its definition, for limits of `verify`."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harness.cli import options

if TYPE_CHECKING:
    from harness.calibration.result import Calibration
    from harness.calibration.rows import Row

NAME = "calibrate"


def run(
    model: options.Model = None,
    device: Annotated[str | None, typer.Option(help="cpu, cuda, cuda:N or mps; default: all that are here.")] = None,
    dtype: Annotated[
        list[str] | None, typer.Option(help="float64, float32, float16, bfloat16 or int8; may be given more than once.")
    ] = None,
    kernel: Annotated[
        list[str] | None, typer.Option(help="sdpa, eager or flash_attention_2; may be given more than once.")
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Few probes: a first look, with wide limits.")] = False,
    tokens: Annotated[
        int | None, typer.Option(min=1, help="The most tokens that all probes may have together.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Chooses the texts of the probes.")] = 0,
    out: Annotated[
        Path | None,
        typer.Option(help="File to write; what an older one of the same model says of other devices is kept."),
    ] = None,
    json: options.Json = None,
    allow_pickles: options.AllowPickles = False,
) -> None:
    """Measure repeats, batches and deviation from the reference on each device, dtype, kernel and batch shape."""
    from dataclasses import replace

    from harness.calibration.probes import FULL, QUICK
    from harness.calibration.reading import write_calibration
    from harness.engine.calibration import USUAL, Asked, calibrate, older_of
    from harness.engine.resolve import DEFAULT_MODEL, resolve_model
    from harness.reference.attention import KERNELS

    plan = QUICK if quick else FULL
    asked = Asked(
        device, tuple(dtype or USUAL), tuple(kernel or KERNELS), replace(plan, seed=seed, tokens=tokens or plan.tokens),
        _command(model, device, dtype or [], kernel or [], quick, tokens, seed),
    )  # fmt: skip
    checkpoint = resolve_model(model or DEFAULT_MODEL, allow_pickles=allow_pickles)
    older = older_of(out, checkpoint)
    with _progress() as measured:
        found = calibrate(checkpoint, asked, measured)
    found = found if older is None else found.with_devices_of(older)
    if out is not None:
        write_calibration(found, out)
    if json is not None:
        options.write_json(found.as_dict(), json)
    if json != "-":
        _show(found, out)


def _command(
    model: str | None, device: str | None, dtypes: list[str], kernels: list[str], quick: bool, tokens: int | None,
    seed: int,
) -> str:  # fmt: skip
    """The command that measures this again."""
    given: dict[str, Sequence[object]] = {
        "--model": [model],
        "--device": [device],
        "--dtype": dtypes,
        "--kernel": kernels,
        "--tokens": [tokens],
    }
    words = [word for name, values in given.items() for value in values if value for word in (name, str(value))]
    words += ["--quick"] if quick else []
    return shlex.join(["rerank-harness", "calibrate", *words, "--seed", str(seed)])


@contextmanager
def _progress() -> Iterator[Callable[[Row], None]]:
    """Tells which row was measured last, on a terminal; anywhere else nothing."""
    from rich.console import Console

    console = Console(stderr=True, highlight=False, markup=False)
    if not console.is_terminal:
        yield lambda row: None
        return
    with console.status("loading") as status:
        yield lambda row: status.update(f"{row.device} {row.name} measured")


def _show(found: Calibration, out: Path | None) -> None:
    """All rows, the limits, what is missing, and where it was written."""
    from rich.console import Console
    from rich.table import Table

    from harness.calibration.table import gaps_of, limits_of, rows_of

    console = Console(highlight=False, markup=False, emoji=False)
    tables = [*(rows_of(found, device) for device in found.origins), limits_of(found)]
    for header, rows in tables:
        shown = Table(*header, box=None, padding=(0, 2, 0, 0))
        for row in rows:
            shown.add_row(*row)
        console.print(shown, end="\n\n")
    for line in gaps_of(found):
        console.print(line)
    console.print("nothing was written: name a file with --out" if out is None else f"written to {out}")

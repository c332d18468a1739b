"""`rerank-harness bench`: how fast the reference is beside other ways to score the same pairs."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from harness.cli import options
from harness.core.errors import UsageError
from harness.scoring.engine import Engine, Kind

if TYPE_CHECKING:
    from harness.benchmark.page import Page
    from harness.benchmark.result import Benchmark
    from harness.engine.benchmark import Asked

NAME = "bench"
#: Characters, more than any table has: what is wider than the console would be cut, and a terminal breaks lines itself.
WIDTH = 1_000
#: What --engine ray times where nobody says.
SCALING: dict[str, Any] = {"documents": "100", "lengths": "20", "rounds": 3}


def run(
    context: typer.Context,
    model: Annotated[
        str, typer.Option(help="An embedded name, a folder, a hub id, or qwen3-0.6b-random: its shape, random weights.")
    ] = "tiny-causal",
    device: options.Device = "cpu",
    dtype: options.Dtype = None,
    documents: Annotated[str, typer.Option(help="Documents of a request, e.g. 1,10,100.")] = "1,10,100",
    lengths: Annotated[str, typer.Option(help="Tokens of a document, e.g. 20,100,400.")] = "20,100,400",
    contender: Annotated[
        list[str] | None,
        typer.Option(help="reference, recipe, sentence-transformers or one-by-one; default: all that can be had."),
    ] = None,
    rounds: Annotated[
        int, typer.Option(min=1, help="Timed calls of each contender, in turns; --compare needs 8 in both runs.")
    ] = 8,
    json: options.Json = None,
    markdown: Annotated[Path | None, typer.Option(help="Write the table as Markdown.")] = None,
    compare: Annotated[Path | None, typer.Option(help="An earlier --json file to hold the timings against.")] = None,
    allow_other_hardware: Annotated[
        bool, typer.Option("--allow-other-hardware", help="Compare with timings of another machine.")
    ] = False,
    engine: options.EngineKind = Kind.LOCAL,
    workers: options.Workers = None,
    ray_address: options.RayAddress = None,
    pairs: Annotated[int, typer.Option(min=1, help="With --engine ray: pairs that are scored in a turn.")] = 10_000,
) -> None:
    """Time the reference and its peers in turns, answers checked; exit status 1 where an answer is beyond noise. With
    --engine ray: one process, one worker and all workers in turns, and with one of them killed.
    """
    from harness.engine.benchmark import Asked

    by = Engine(engine, workers, ray_address)
    told = _Told(json, markdown)
    if by.kind is Kind.RAY:
        raise typer.Exit(0 if _scaling(context, by, pairs, told) else 1)
    asked = Asked(
        model, device, dtype, _numbers("--documents", documents), _numbers("--lengths", lengths),
        tuple(contender or ()), rounds, _command(model, device, dtype, documents, lengths, contender or [], rounds),
    )  # fmt: skip
    raise typer.Exit(0 if _contenders(asked, compare, allow_other_hardware, told) else 1)


def _contenders(asked: Asked, compare: Path | None, allow_other_hardware: bool, told: _Told) -> bool:
    """Time the reference and its peers; whether no answer is beyond noise, and nothing slower than before."""
    from harness.benchmark.table import page_of
    from harness.engine.benchmark import benchmark, read_benchmark, wrong

    before = None if compare is None else read_benchmark(compare)
    with _progress() as tell:
        found = benchmark(asked, on_start=_comparable_with(before, allow_other_hardware), tell=tell)
    told(found.as_dict(), page_of(found))
    slower = before is not None and _compared(before, found, allow_other_hardware, quiet=told.json == "-")
    faults = list(wrong(found))
    for fault in faults:
        typer.echo(fault, err=True)
    return not (faults or slower)


def _scaling(context: typer.Context, by: Engine, pairs: int, told: _Told) -> bool:
    """Measure how the work scales; whether all answers were equal bit for bit."""
    from harness.benchmark.scaling_table import page_of
    from harness.engine.benchmark import Asked
    from harness.engine.scaling import measure_scaling

    stated = options.given(context)
    if other := [name for name in stated if name in ("contender", "compare", "allow_other_hardware")]:
        raise UsageError(f"--engine ray times processes and no contenders: leave out --{other[0].replace('_', '-')}")
    given = {name: context.params[name] if name in stated else usual for name, usual in SCALING.items()}
    model, device, dtype = (context.params[name] for name in ("model", "device", "dtype"))
    command = _command(model, device, dtype, given["documents"], given["lengths"], (), given["rounds"])
    asked = Asked(
        model, device, dtype, _numbers("--documents", given["documents"]), _numbers("--lengths", given["lengths"]), (),
        given["rounds"], f"{command} --engine ray --workers {by.workers or 2} --pairs {pairs}",
    )  # fmt: skip
    with _progress() as tell:
        found = measure_scaling(asked, by, pairs, tell)
    told(found.as_dict(), page_of(found))
    return all(entry.same_bits for entry in found.entries)


@dataclass(frozen=True, slots=True)
class _Told:
    """Where a measurement goes: a document ("-": standard output, with nothing else there), a page, the terminal."""

    json: str | None
    markdown: Path | None

    def __call__(self, document: object, page: Page) -> None:
        if self.json is not None:
            options.write_json(document, self.json)
        if self.markdown is not None:
            _write(self.markdown, page.markdown())
        if self.json != "-":
            _print(page.header, page.rows)
            for note in page.notes:
                typer.echo(note)


def _numbers(option: str, text: str) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError:
        raise UsageError(f"{option} {text!r}: expected numbers with commas between them, e.g. 1,10,100") from None


def _command(
    model: str, device: str, dtype: str | None, documents: str, lengths: str, contenders: Sequence[str], rounds: int
) -> str:
    """The command that makes the benchmark again."""
    words = ["rerank-harness", "bench", "--model", model, "--device", device]
    words += ["--dtype", dtype] if dtype else []
    words += ["--documents", documents, "--lengths", lengths, "--rounds", str(rounds)]
    return shlex.join([*words, *(word for name in contenders for word in ("--contender", name))])


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Tells what is being timed, on a terminal; anywhere else nothing."""
    from rich.console import Console

    console = Console(stderr=True, highlight=False, markup=False)
    if not console.is_terminal:
        yield lambda what: None
        return
    with console.status("loading") as status:
        yield status.update


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from None


def _comparable_with(before: Benchmark | None, other_hardware: bool) -> Callable[[Benchmark], None]:
    """Refuses a comparison that cannot be made before anything is timed for it."""
    from harness.benchmark.comparison import refuse_others

    def refuse(started: Benchmark) -> None:
        if before is not None:
            refuse_others(before, started, other_hardware=other_hardware)

    return refuse


def _compared(before: Benchmark, found: Benchmark, other_hardware: bool, *, quiet: bool) -> bool:
    """Print what changed; true where anything is slower. The document on standard output stays alone there."""
    from harness.benchmark.comparison import compare
    from harness.benchmark.table import CHANGED, rows_of_changes

    changes = compare(before, found, other_hardware=other_hardware)
    _print(CHANGED, rows_of_changes(changes), to_stderr=quiet)
    return any(change.verdict == "slower" for change in changes)


def _print(header: Sequence[str], rows: Sequence[Sequence[str]], *, to_stderr: bool = False) -> None:
    from rich.console import Console
    from rich.table import Table

    shown = Table(box=None, padding=(0, 2, 0, 0))
    for title in header:
        shown.add_column(title, no_wrap=True)
    for row in rows:
        shown.add_row(*row)
    Console(stderr=to_stderr, highlight=False, markup=False, emoji=False, width=WIDTH).print(shown, end="\n\n")

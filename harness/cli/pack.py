"""`rerank-harness pack`: reference answers and fault signatures as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from harness.cli import options

NAME = "pack"


def run(
    out: Annotated[Path, typer.Option(help="File to write.")],
    model: options.Model = None,
    device: options.Device = "cpu",
    dtype: options.Dtype = None,
    allow_pickles: options.AllowPickles = False,
) -> None:
    """Compute what a model and each of its faulty variants answer, so that `verify` and `diagnose` need no weights."""
    from harness.diagnosis.packs import write_pack
    from harness.engine.packing import pack_of

    made = pack_of(model, device, dtype, allow_pickles=allow_pickles)
    write_pack(made, out)
    size = out.stat().st_size / 2**20
    typer.echo(
        f"{out}: {made.model['id']}, {len(made.variants)} variants of {len(made.pairs)} pairs, {size:.1f} MiB, "
        f"{made.provenance['forward_passes']} forward passes"
    )

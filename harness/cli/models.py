"""`rerank-harness models`: the embedded models and variants, as Hugging Face checkpoint folders."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="The embedded models and variants.", no_args_is_help=True)


@app.command("list")
def list_models() -> None:
    """List the embedded models."""
    from fixtures.models import MODELS

    for entry in MODELS.values():
        typer.echo(f"{entry.name:<24} {entry.title}")


@app.command("export")
def export(
    name: Annotated[str, typer.Argument(help="A name from `models list`.")],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that does not exist yet, or is empty.")],
) -> None:
    """Write the embedded model NAME to DIR."""
    from fixtures.models import export_model

    export_model(name, folder)
    typer.echo(f"{name} written to {folder}")

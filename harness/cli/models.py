"""`rerank-harness models`: the embedded models and variants, as Hugging Face checkpoint folders or ONNX graphs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="The embedded models and variants.", no_args_is_help=True)


class Format(StrEnum):
    """What is written: a Hugging Face checkpoint, or an ONNX graph with its tokenizer and configuration."""

    HF = "hf"
    ONNX = "onnx"


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
    format: Annotated[Format, typer.Option(help="A checkpoint, or a graph for the target onnx:DIR.")] = Format.HF,
) -> None:
    """Write the embedded model NAME to DIR."""
    from fixtures.models import export_model, model_folder

    if format is Format.ONNX:
        from fixtures.models.onnx import export_onnx

        export_onnx(model_folder(name), folder)
    else:
        export_model(name, folder)
    typer.echo(f"{name} written to {folder}")

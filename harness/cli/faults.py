"""`rerank-harness faults`: the fault library."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from harness.cli import options

app = typer.Typer(help="The fault library: what can be planted, and what diagnosis can name.", no_args_is_help=True)


@app.command("list")
def list_faults(json: options.Json = None) -> None:
    """Print stage, id and title of every fault; those of interfaces are planted behind `serve` only."""
    rows = [*_of_the_pipeline(), *_of_interfaces()]
    if json is not None:
        options.write_json(rows, json)
        return
    for row in rows:
        typer.echo(f"{row['stage']:9}  {row['id']:36}  {row['title']}{'' if row['anywhere'] else '  (serve only)'}")


@app.command("show")
def show(fault: Annotated[str, typer.Argument(help="Id of a fault.")]) -> None:
    """Print what is known of one fault: mechanism, symptom, remedy, and where it was met."""
    from harness.core.errors import UsageError

    found = next((row for row in [*_of_the_pipeline(), *_of_interfaces()] if row["id"] == fault), None)
    if found is None:
        raise UsageError(f"no fault {fault!r}; rerank-harness faults list names them all")
    for name in ("id", "stage", "title", "mechanism", "symptom", "remedy"):
        if found.get(name):
            typer.echo(f"{name:10} {found[name]}")
    for link in found["met"]:
        typer.echo(f"{'met in':10} {link}")


def _of_the_pipeline() -> list[dict[str, Any]]:
    from harness.faults.catalogue import catalogue

    return [
        {
            "stage": entry.stage.value, "id": entry.id, "title": entry.title, "symptom": entry.symptom,
            "remedy": entry.remedy, "met": list(entry.links), "anywhere": True,
        }
        for entry in catalogue().values()
    ]  # fmt: skip


def _of_interfaces() -> list[dict[str, Any]]:
    from harness.serving.library import served_faults

    return [
        {
            "stage": kind.stage.value, "id": id, "title": kind.title, "symptom": (kind.__doc__ or "").strip(),
            "met": [], "anywhere": False,
        }
        for id, kind in served_faults().items()
    ]  # fmt: skip

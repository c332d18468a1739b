"""`python -m harness.deployments ENGINE...` verifies engines; the word `table` writes the comparison."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from harness.core.errors import HarnessError
from harness.deployments.engines import of_engine
from harness.deployments.verification import verify_deployment, write_line

OUT = Path("reports/out/engines")


def run(
    engines: Annotated[list[str], typer.Argument(metavar="ENGINE...", help="Engines, or `table` for the comparison.")],
    out: Annotated[Path, typer.Option(help="Where runs are kept.")] = OUT,
    to: Annotated[Path, typer.Option(help="Folder of engines.md and engines.json.")] = Path("reports"),
    only: Annotated[str | None, typer.Option(help="One deployment of the engines, by its id.")] = None,
    profile: Annotated[str, typer.Option(help="smoke, ci, nightly or release.")] = "smoke",
) -> None:
    """Verify real engines on the embedded models, and compare them."""
    for engine in engines:
        if engine == "table":
            from reports.comparison import write_comparison

            write_comparison(out / "lines", to)
            typer.echo(f"written: {to / 'engines.md'}, {to / 'engines.json'}")
            continue
        for deployment in (d for d in of_engine(engine) if only in (None, d.id)):
            typer.echo(f"== {deployment.title}")
            compared = verify_deployment(deployment, out, profile)
            write_line(compared, out / "lines")
            typer.echo(f"{compared.verdict} (expected {compared.expected}) {compared.reason}")


if __name__ == "__main__":
    try:
        typer.run(run)
    except HarnessError as error:
        typer.echo(f"rerank-harness: {error}", err=True)
        sys.exit(error.exit_status)

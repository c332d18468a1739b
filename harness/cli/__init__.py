"""The command line `rerank-harness`: one module a command, and nothing heavy imported before it is needed."""

from __future__ import annotations

import sys

import typer

from harness.cli.groups import spelled_out
from harness.core.errors import HarnessError


def application() -> typer.Typer:
    """The whole command line."""
    from harness.cli import (
        accept,
        audit,
        bench,
        calibrate,
        compare,
        diagnose,
        evaluate,
        faults,
        history,
        keys,
        layers,
        models,
        pack,
        report,
        score,
        serve,
        signoff,
        signoff_check,
        store,
        tokens,
        verify,
    )

    app = typer.Typer(
        name="rerank-harness",
        help="Verifies rerankers: does a deployment compute what the model defines, on this device?",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=False,
    )
    for command in (
        verify, diagnose, pack, calibrate, bench, layers, tokens, score, evaluate, serve, audit, report,
        store, compare, accept, history, signoff, signoff_check,
    ):  # fmt: skip
        app.command(command.NAME)(spelled_out(command.run))
    app.add_typer(keys.app, name="keys")
    app.add_typer(models.app, name="models")
    app.add_typer(faults.app, name="faults")
    return app


def main() -> None:
    """Entry point. A user's mistake is one line on stderr and the exit status of its kind, never a traceback."""
    try:
        application()(standalone_mode=True)
    except HarnessError as error:
        typer.echo(f"rerank-harness: {error}", err=True)
        sys.exit(error.exit_status)
    except BrokenPipeError:
        sys.exit(1)

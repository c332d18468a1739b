"""`rerank-harness keys`: the keys that release statements are signed with."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Keys that release statements are signed with.", no_args_is_help=True)

PasswordEnv = Annotated[str | None, typer.Option(help="Environment variable that holds the private key's password.")]


@app.callback()
def group() -> None:
    """Keys that release statements are signed with."""


@app.command()
def generate(
    out: Annotated[Path, typer.Option(help="File of the private key; the public one gets .pub added to its name.")],
    password_env: PasswordEnv = None,
) -> None:
    """Make a new pair of ed25519 keys; the private one is for its owner only and is never shown."""
    from reports.signoff.keys import generate as generate_keys
    from reports.signoff.keys import read_public

    public = generate_keys(out, password_in(password_env))
    typer.echo(f"private key: {out}  (keep it out of every repository)")
    typer.echo(f"public key:  {public}  (id {read_public(public).keyid:.16}; give it to whoever checks)")


def password_in(variable: str | None) -> bytes | None:
    """The password in an environment variable; UsageError where it is named and not set."""
    from harness.core.errors import UsageError

    if variable is None:
        return None
    if not os.environ.get(variable):
        raise UsageError(f"the environment variable {variable} holds no password")
    return os.environ[variable].encode()

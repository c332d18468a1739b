"""`rerank-harness signoff-check`: whether a release statement is what it claims to be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harness.cli import options

if TYPE_CHECKING:
    from reports.signoff.check import Examination

NAME = "signoff-check"


def run(
    statement: Annotated[Path, typer.Argument(metavar="FILE", help="The statement, with its evidence beside it.")],
    pubkey: Annotated[Path | None, typer.Option(help="Public key of whoever signs releases.")] = None,
    model: Annotated[str | None, typer.Option(help="The model that is to be released: its folder or name.")] = None,
    json: options.Json = None,
    allow_unsigned: Annotated[
        bool, typer.Option("--allow-unsigned", help="Check all but the signature: whoever it was may have made it.")
    ] = False,
) -> None:
    """Verify signature, files and model, and decide once more from the events; exit status 0 only if everything matches
    and the release does not fail.
    """
    from datetime import UTC, datetime
    from functools import partial

    from harness.core.errors import UsageError
    from harness.engine.signoff import folder_of
    from reports.signoff.check import examine
    from reports.signoff.keys import read_public

    if (pubkey is None) is not allow_unsigned:
        raise UsageError(
            "name the public key of whoever signs releases with --pubkey, "
            "or look at the rest with --allow-unsigned; not both"
        )
    key = None if pubkey is None else read_public(pubkey)
    found = examine(statement, key, partial(folder_of, model), datetime.now(UTC))
    if json is not None:
        options.write_json(found.as_dict(), json)
    if json != "-":
        _tell(found, statement)
    raise typer.Exit(0 if found.sound else 1)


def _tell(found: Examination, statement: Path) -> None:
    from reports.text import one_line, plural

    for mismatch in found.mismatches:
        typer.echo(one_line(mismatch))
    if found.claim is None:
        typer.echo(f"REFUSED: nothing that {statement} says was looked at")
    elif found.mismatches:
        typer.echo(f"REFUSED: {plural(len(found.mismatches), 'thing')} of {statement} did not match")
    else:
        claim = found.claim
        about = f"{claim.model} ({claim.digest}), decided {claim.decided}"
        typer.echo(one_line(f"{claim.verdict}: {about}; signature, evidence, model and derivation match"))

"""`rerank-harness signoff`: decides on a release and writes a signed statement with its evidence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harness.cli import options
from harness.cli.keys import PasswordEnv, password_in

if TYPE_CHECKING:
    from reports.signoff.decision import Decision

NAME = "signoff"


def run(
    runs: Annotated[list[Path], typer.Argument(metavar="RUN...", help="Folders of runs, or their events.jsonl.")],
    policy: Annotated[Path, typer.Option(help="What the release needs, TOML.")],
    out: Annotated[Path, typer.Option(help="Statement to write; its evidence goes beside it.")],
    key: Annotated[Path | None, typer.Option(help="Private key to sign with: see `keys generate`.")] = None,
    password_env: PasswordEnv = None,
    waivers: options.Waivers = None,
    model: Annotated[str | None, typer.Option(help="The model that was verified: its folder or name.")] = None,
) -> None:
    """Derive PASS, CONDITIONAL or FAIL from the events of runs, and sign it; exit status 1 for FAIL, which is signed
    too.
    """
    from datetime import UTC, datetime
    from functools import partial

    from harness.engine.signoff import folder_of
    from reports.signoff.decision import Release
    from reports.signoff.evidence import beside
    from reports.signoff.keys import read_private
    from reports.signoff.sign import Given, sign_off

    signer = None if key is None else read_private(key, password_in(password_env))
    given = Given(tuple(runs), policy, waivers)
    decision = sign_off(given, out, signer, partial(folder_of, model), datetime.now(UTC))
    _tell(decision)
    if folder_of(model, decision.model) is None:
        typer.echo("model: bound to the files that the runs digested; --model binds every file that can decide a score")
    signed = "unsigned, and refused by signoff-check as such" if signer is None else (
        f"signed with the key {signer.public_key.keyid:.16}"
    )  # fmt: skip
    typer.echo(f"statement: {out} ({signed})  evidence: {beside(out)}")
    raise typer.Exit(1 if decision.verdict is Release.FAIL else 0)


def _tell(decision: Decision) -> None:
    from reports.text import one_line, plural

    typer.echo(f"{decision.verdict}: {one_line(decision.model)}, {plural(len(decision.runs), 'run')}")
    for reason in decision.reasons:
        typer.echo(f"  {reason}")
    for waiver in dict.fromkeys(entry.waiver for entry in decision.accepted):
        typer.echo(one_line(f"  {waiver.name}, through {waiver.expires}: {waiver.reason}"))

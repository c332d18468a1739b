"""Options that belong together reach a command as one value."""

from __future__ import annotations

from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner, Result

from harness.cli.groups import MadeBy, spelled_out


def river(
    name: Annotated[str, typer.Option()] = "Rhine", arm: Annotated[list[str] | None, typer.Option()] = None
) -> str:
    """A group of two options."""
    return " ".join([name, *(arm or ())])


def command(
    context: typer.Context, *, depth: Annotated[int, typer.Option()] = 1, where: Annotated[str, MadeBy(river)]
) -> None:
    """Tell where, how deep, and of which options that is made."""
    typer.echo(f"{where}, {depth}: {', '.join(sorted(context.params))}")


def called(*words: str) -> Result:
    app = typer.Typer()
    app.command()(spelled_out(command))
    return CliRunner().invoke(app, words)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "Rhine, 1"),
        (("--name", "Meuse", "--depth", "3"), "Meuse, 3"),
        (("--arm", "Waal", "--arm", "Lek"), "Rhine Waal Lek, 1"),
    ],
)
def test_a_command_gets_what_is_made_of_the_options_of_a_group(words: tuple[str, ...], told: str) -> None:
    assert called(*words).output == f"{told}: arm, depth, name\n"


def test_the_help_has_each_option_and_what_the_command_says_of_itself() -> None:
    told = called("--help").output
    assert [word for word in ("--depth", "--name", "--arm", "--where", "Tell where") if word in told] == [
        "--depth", "--name", "--arm", "Tell where",
    ]  # fmt: skip

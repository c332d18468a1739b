"""Options that belong together: a command takes the one value that is made of them, the command line has each."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, get_args, get_origin


@dataclass(frozen=True, slots=True)
class MadeBy:
    """Stands in the Annotated type of a command's parameter: this function makes it of its own parameters, which are
    the options.
    """

    function: Callable[..., object]


def spelled_out(run: Callable[..., None]) -> Callable[..., None]:
    """A command that Typer can read: each parameter that is made of options has these in its place.

    Options of all groups and of the command itself need different names.
    """
    shown: dict[str, inspect.Parameter] = {}
    makers: dict[str, Callable[..., object]] = {}
    for name, parameter in inspect.signature(run, eval_str=True).parameters.items():
        maker = _maker(parameter.annotation)
        if maker is not None:
            makers[name] = maker
        shown |= {name: parameter} if maker is None else inspect.signature(maker, eval_str=True).parameters

    def command(**given: Any) -> None:
        made = {name: maker(**_taken(given, maker)) for name, maker in makers.items()}
        run(**given, **made)

    keywords = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in shown.values()]
    command.__signature__ = inspect.Signature(keywords)  # type: ignore[attr-defined]
    command.__annotations__ = {name: each.annotation for name, each in shown.items()}
    command.__doc__ = run.__doc__
    return command


def _maker(annotation: Any) -> Callable[..., object] | None:
    if get_origin(annotation) is not Annotated:
        return None
    return next((each.function for each in get_args(annotation)[1:] if isinstance(each, MadeBy)), None)


def _taken(given: dict[str, Any], maker: Callable[..., object]) -> dict[str, Any]:
    """What belongs to a group, which the rest of the command is then without."""
    return {name: given.pop(name) for name in inspect.signature(maker).parameters}

"""Files that people write: TOML held to a JSON Schema; a mistake is told with its place and the nearest right word."""

from __future__ import annotations

import difflib
import math
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from harness.core.errors import UsageError

#: Bytes that such a file may have: about five thousand entries of five lines.
LARGEST = 2**20


def read_written(path: Path, noun: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """What a TOML file says, dates as ISO 8601; UsageError with the place where it does not fit `schema`. `noun` is
    what the file is, in words.
    """
    written: dict[str, Any] = _plain(_toml(path, noun))
    hold(written, path, noun, schema)
    return written


def hold(written: object, path: Path, noun: str, schema: Mapping[str, Any]) -> None:
    """UsageError with the place where what a file says does not fit `schema`."""
    import jsonschema

    errors = list(jsonschema.Draft202012Validator(schema).iter_errors(written))
    # a key that is misspelt is missing too: the misspelling is what helps
    unknown = [error for error in errors if error.validator == "additionalProperties"]
    wrong = jsonschema.exceptions.best_match(unknown or errors)
    if wrong is not None:
        place = _place(wrong.absolute_path)
        raise UsageError(f"{path} is no {noun}: {place and place + ': '}{_told(wrong)}")


def _toml(path: Path, noun: str) -> dict[str, Any]:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise UsageError(f"{path} has {size} bytes; a {noun} has at most {LARGEST}")
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=_number)
    except OSError as error:
        raise UsageError(f"{path} cannot be read as a {noun} ({error.strerror})") from None
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path} cannot be read as a {noun}: it is no TOML ({error})") from None


def _number(text: str) -> float:
    if not math.isfinite(number := float(text)):
        raise ValueError(f"{text} is no number")
    return number


def _plain(value: Any) -> Any:
    """`value` with every date and time as ISO 8601."""
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def _place(parts: Iterable[str | int]) -> str:
    """Where in the file: "waiver 2, owner"; entries are counted from 1."""
    words = [f" {part + 1}" if isinstance(part, int) else f", {part}" for part in parts]
    return "".join(words).removeprefix(", ")


def _told(wrong: Any) -> str:
    """What is wrong, in a reader's words."""
    match wrong.validator:
        case "additionalProperties":
            known = list(wrong.schema["properties"])
            unknown = next(name for name in wrong.instance if name not in known)
            return f"there is no key {unknown!r}{_nearest(unknown, known)}"
        case "required":
            return f"{next(name for name in wrong.validator_value if name not in wrong.instance)!r} is missing"
        case "enum":
            return f"{wrong.instance!r:.60} is not known{_nearest(wrong.instance, wrong.validator_value)}"
        case _:
            return str(wrong.message)[:160]


def _nearest(word: object, known: list[str]) -> str:
    near = difflib.get_close_matches(str(word), known, 1)
    return f"; did you mean {near[0]!r}?" if near else f"; known are {', '.join(known)}"

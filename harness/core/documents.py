"""JSON documents as files: read with a clear refusal of what does not fit, written whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.core.errors import UsageError


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document: `noun` in words, `schema` its JSON Schema, in which the property `schema` says the id; `make`
    is the command that writes one; a file has at most `largest` bytes.
    """

    noun: str
    schema: Mapping[str, Any]
    make: str
    largest: int

    @property
    def id(self) -> str:
        """What a document of this kind calls its schema."""
        return str(self.schema["properties"]["schema"]["const"])


def read_document(path: Path, kind: Kind) -> dict[str, Any]:
    """The document in a file; UsageError where it is none of the kind or is damaged, with the place."""
    document = _json(path, kind)
    if not isinstance(document, dict) or document.get("schema") != kind.id:
        raise UsageError(f"{path} is no {kind.noun} of {kind.id}; make one: {kind.make}")
    validate(document, kind, path)
    return document


def validate(document: Mapping[str, Any], kind: Kind, path: Path) -> None:
    """UsageError where a document that came from a file does not fit its schema, with the place."""
    import jsonschema

    wrong = jsonschema.exceptions.best_match(jsonschema.Draft202012Validator(kind.schema).iter_errors(document))
    if wrong is not None:
        place = "/".join(map(str, wrong.absolute_path)) or "the document"
        raise UsageError(f"{path} is damaged at {place}: {wrong.message[:120]}; make it again: {kind.make}")


def write_whole(text: str, path: Path) -> None:
    """Write a text file, whole or not at all; UsageError where it cannot be written."""
    beside = path.with_name(path.name + ".part")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from None


def _json(path: Path, kind: Kind) -> object:
    try:
        if path.stat().st_size > kind.largest:
            raise UsageError(f"{path} has {path.stat().st_size} bytes; a {kind.noun} has at most {kind.largest}")
        return json.loads(path.read_text(encoding="utf-8"), parse_constant=_no_number)
    except OSError as error:
        raise UsageError(f"{path} cannot be read as a {kind.noun} ({error.strerror})") from None
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path} cannot be read as a {kind.noun} ({error})") from None


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no number")

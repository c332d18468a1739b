"""A comparison as a file that makes it again elsewhere: inputs, environment and what was found, as JSON and no code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from harness.core.documents import Kind, read_document, validate, write_whole
from harness.core.errors import UsageError
from harness.core.pairs import Pair
from harness.divergence.result import Divergence
from harness.reference.encode import Encoding

SCHEMA = "rerank-harness/divergence-bundle/1"
MAKE = "rerank-harness layers A B --bundle FILE"
#: Bytes that a bundle may have.
LARGEST = 20 * 2**20


@dataclass(frozen=True, slots=True)
class Bundle:
    """The pairs, their prompts as token ids, where they were computed, and what was found."""

    pairs: tuple[Pair, ...]
    encodings: tuple[Encoding, ...]
    environment: Mapping[str, Any]
    divergence: Divergence


def write_bundle(bundle: Bundle, path: Path) -> None:
    """Write a bundle, whole or not at all, one input a line; UsageError where it cannot be written."""
    inputs = [
        json.dumps({**asdict(pair), "ids": encoding.ids, "segments": encoding.segments})
        for pair, encoding in zip(bundle.pairs, bundle.encodings, strict=True)
    ]
    head, found = json.dumps({"schema": SCHEMA, "environment": bundle.environment}), bundle.divergence.as_dict()
    listed, told = ",\n".join(inputs), json.dumps(found, allow_nan=False)
    write_whole(f'{head[:-1]},\n"inputs": [\n{listed}\n],\n"divergence": {told}}}\n', path)


def read_bundle(path: Path) -> Bundle:
    """Read a bundle; UsageError where the file is none or is damaged, with the place."""
    document = read_document(path, Kind("replay bundle", schema("bundle"), MAKE, LARGEST))
    found, inputs = document["divergence"], document["inputs"]
    validate(found, Kind("divergence", schema("divergence"), MAKE, LARGEST), path)
    if {len(odds) for odds in found["log_odds"]} != {len(inputs)}:
        raise UsageError(
            f"{path} is damaged: it has {len(inputs)} inputs and log-odds of another number; make it again"
        )
    return Bundle(
        pairs=tuple(Pair(one["query"], one["document"], one["instruction"]) for one in inputs),
        encodings=tuple(_encoding(one, path) for one in inputs),
        environment=document["environment"],
        divergence=Divergence.of_dict(found),
    )


def _encoding(one: Mapping[str, Any], path: Path) -> Encoding:
    ids, segments = one["ids"], one["segments"]
    if segments is not None and len(segments) != len(ids):
        raise UsageError(f"{path} is damaged: an input has {len(ids)} ids and {len(segments)} segments; make it again")
    return Encoding(tuple(ids), None if segments is None else tuple(segments))


@cache
def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of a "divergence" or a "bundle"."""
    text = (files("harness.divergence") / f"{name}.schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found

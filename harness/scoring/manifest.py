"""What the scores of a folder are: of which pairs, by what, with which program; `scoring.json` beside them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from harness.core.documents import Kind, read_document, write_whole

NAME = "scoring.json"
#: Bytes that it may have: words and digests.
LARGEST = 2**20
#: Log-odds, whoever is asked.
SCALE = "log-odds"


@dataclass(frozen=True, slots=True)
class Manifest:
    """`asked` are the words of the command, `alike` what every worker had alike. `finished` and `units` are None as
    long as scores are missing.
    """

    asked: Mapping[str, Any]
    pairs: Mapping[str, Any]
    alike: Mapping[str, str]
    started: str
    finished: str | None = None
    units: int | None = None

    def write(self, folder: Path) -> None:
        """Write it, whole or not at all; UsageError where it cannot be written."""
        status = "complete" if self.finished else "incomplete"
        document = {"schema": kind().id, "status": status, "scale": SCALE, **asdict(self)}
        write_whole(json.dumps(document, indent=2) + "\n", folder / NAME)

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """That of a folder; UsageError where there is none, or it is damaged."""
        document = read_document(folder / NAME, kind())
        return cls(**{name: value for name, value in document.items() if name not in ("schema", "status", "scale")})


def kind() -> Kind:
    """What these documents are."""
    schema = json.loads((files("harness.scoring") / "scoring.schema.json").read_text(encoding="utf-8"))
    return Kind("scoring", schema, "rerank-harness score PAIRS.jsonl --out DIR", LARGEST)

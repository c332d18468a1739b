"""A comparison as a document for programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from harness.core.comparison import Comparison
from harness.core.documents import write_whole
from harness.core.events import finite

SCHEMA = "rerank-harness/comparison/1"


def as_document(comparison: Comparison) -> dict[str, Any]:
    """The comparison as strict JSON data (NaN and infinities become null); comparison.schema.json says what it
    promises.
    """
    told: dict[str, Any] = finite(asdict(comparison))
    return {"schema": SCHEMA, "judgement": comparison.judgement.value, **told}


def write_comparison(comparison: Comparison, path: Path) -> None:
    """Write the document to a file, whole or not at all; UsageError where it cannot be written."""
    write_whole(json.dumps(as_document(comparison), indent=1, ensure_ascii=True, allow_nan=False) + "\n", path)

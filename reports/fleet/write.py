"""matrix.html, matrix.md and matrix.json: the page of several deployments beside the folders of their runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from harness.core.fleet import Overview
from reports.fleet import words
from reports.fleet.document import document
from reports.fleet.story import FleetStory
from reports.formats import html, markdown
from reports.store import write_atomically


def write_overview(overview: Overview, folder: Path) -> None:
    """Write all three, each whole or not at all. UsageError where the folder cannot be written."""
    rendered = {
        "matrix.json": json.dumps(document(overview), indent=1, ensure_ascii=True, allow_nan=False) + "\n",
        "matrix.md": markdown.document("matrix.md.j2", **_values(overview)),
        "matrix.html": html.page("matrix.html.j2", **_values(overview)),
    }
    for name, text in rendered.items():
        write_atomically(folder / name, text)


def _values(overview: Overview) -> dict[str, Any]:
    return {"story": FleetStory(overview), "words": words}

"""A new base is accepted by somebody for a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Acceptance:
    """That the run is the base from now on: who said so, when (ISO 8601, UTC) and why; `comparison` holds the document
    of the comparison with the base of before, with every margin that moved.
    """

    run_id: str
    base_id: str | None
    reason: str
    who: str
    when: str
    comparison: dict[str, Any]

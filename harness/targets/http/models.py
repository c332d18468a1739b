"""What servers list under `/v1/models` or `/models`, in the form that OpenAI's interface gave it."""

from __future__ import annotations

from typing import Any


def first_model(listed: Any) -> dict[str, Any]:
    """The first model of a list, or an empty object."""
    data = listed.get("data") if isinstance(listed, dict) else None
    first = data[0] if isinstance(data, list) and data else None
    return first if isinstance(first, dict) else {}

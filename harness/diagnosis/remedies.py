"""The concrete setting of the server in use, where one is known."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from harness.faults.catalogue import catalogue


def remedy(fault: str, server: str | None) -> str:
    """What to do about a fault: in general, and with the server of that dialect or kind."""
    general = catalogue()[fault].remedy
    particular = _settings().get(server or "", {}).get(fault)
    return general if particular is None else f"{general} With {server}: {particular}"


@cache
def _settings() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((files("harness.diagnosis") / "remedies.toml").read_text(encoding="utf-8"))

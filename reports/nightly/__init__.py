"""The nightly report: what changed since the last good run first, then the figures over time."""

from __future__ import annotations

from reports.nightly.story import Nightly
from reports.nightly.write import write_nightly

__all__ = ["Nightly", "write_nightly"]

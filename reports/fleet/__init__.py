"""The page of several deployments: a table of deployments and areas, and what explains their differences."""

from __future__ import annotations

from reports.fleet.write import write_overview

__all__ = ["write_overview"]

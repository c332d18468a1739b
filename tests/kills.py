"""Seeds of the random moments at which tests kill a process."""

from __future__ import annotations

from typing import Any

import pytest

SEEDS = 60


def seeds(at_every_change: int) -> list[Any]:
    """All of them, of which so many are tried at every change, and the others by `make reliability`."""
    return [pytest.param(seed, marks=pytest.mark.kills if seed >= at_every_change else ()) for seed in range(SEEDS)]

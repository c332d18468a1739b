"""pytest-benchmark under pytest-xdist: it times nothing there, since it cannot know what runs beside it. What is kept
apart has nothing beside it, and is timed by the worker; the controller shows and judges the figures.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Collection, Iterator
from typing import Any

import pytest

#: What the controller needs to show the tables and to judge `--benchmark-compare-fail`.
_FIGURES = ("groups", "performance_regressions")


@contextlib.contextmanager
def timed(config: pytest.Config) -> Iterator[None]:
    """Have pytest-benchmark time what is run in here, unless the user said that it is not to."""
    session = _session(config)
    unwanted = config.getoption("benchmark_disable", False) and not config.getoption("benchmark_enable", False)
    if session is None or unwanted:
        yield
        return
    before, session.disabled = session.disabled, False
    try:
        yield
    finally:
        session.disabled = before


def are_all_timed(config: pytest.Config, items: Collection[pytest.Item], ours: Collection[str]) -> None:
    """Keep pytest-benchmark from saying that it times nothing, where all that it has to time is ours."""
    wanted = {item.nodeid for item in items if "benchmark" in getattr(item, "fixturenames", ())}
    if (session := _session(config)) is not None and wanted <= set(ours):
        session.xdist_benchmark_found = False


def figures(config: pytest.Config) -> str:
    """What was timed in this process, as JSON; empty where nothing was."""
    session = _session(config)
    if not getattr(session, "groups", None):
        return ""
    return json.dumps({name: getattr(session, name) for name in _FIGURES}, default=str)


def show(config: pytest.Config, told: str) -> None:
    """Have this process's pytest-benchmark show what a worker timed beside what others did."""
    session = _session(config)
    if session is None or not told:
        return
    for name, value in json.loads(told).items():
        setattr(session, name, [*(getattr(session, name) or ()), *value])


def _session(config: pytest.Config) -> Any:
    return config.pluginmanager.getplugin("pytest-benchmark")

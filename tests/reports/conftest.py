"""Event streams that tests of reports share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from harness.core.run import Run
from reports import write_reports


@pytest.fixture(scope="session")
def written(demo: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the demo's run with all its reports."""
    folder = tmp_path_factory.mktemp("demo")
    write_reports(demo.write(folder / "events.jsonl"))
    return folder


@pytest.fixture
def report(demo: ModuleType, tmp_path: Path) -> Callable[..., tuple[Run, Path]]:
    """Writes the reports of some events; gives the run and its folder."""

    def of(*events: object) -> tuple[Run, Path]:
        return write_reports(demo.write(tmp_path / "events.jsonl", list(events))), tmp_path

    return of

"""Event streams that tests of reports share."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from harness.core.run import Run
from reports import write_reports


@pytest.fixture(scope="session")
def demo() -> ModuleType:
    """The demo beside this file; tests are no package, so it is loaded from where it lies."""
    spec = importlib.util.spec_from_file_location("reports_demo", Path(__file__).with_name("demo.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


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

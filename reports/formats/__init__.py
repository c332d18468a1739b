"""The report formats. Each module here has NAME, its file's name, and render(run) -> str; adding one adds a format."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable

from harness.core.run import Run


def _found() -> dict[str, Callable[[Run], str]]:
    modules = (importlib.import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__))
    return {module.NAME: module.render for module in modules}


#: File name → what renders it.
FORMATS: dict[str, Callable[[Run], str]] = _found()

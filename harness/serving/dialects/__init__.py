"""The dialects as they are served, one module each; the other side of `harness.targets.http.dialects`."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from harness.core.errors import UsageError
from harness.serving.interface import Interface


@cache
def interfaces() -> dict[str, type[Interface]]:
    """Every dialect that can be served, by name; each module lists its own in `INTERFACES`."""
    modules = [importlib.import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__)]
    found: list[type[Interface]] = [interface for module in modules for interface in module.INTERFACES]
    return {interface.name: interface for interface in sorted(found, key=lambda interface: interface.name)}


def interface(name: str) -> type[Interface]:
    """The dialect of that name; UsageError names the ones there are."""
    try:
        return interfaces()[name]
    except KeyError:
        raise UsageError(f"no dialect {name!r} can be served; dialects: {', '.join(interfaces())}") from None

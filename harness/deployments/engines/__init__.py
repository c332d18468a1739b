"""The engines, one module each; a new one is found by being here."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from harness.core.errors import UsageError
from harness.deployments.deployment import Deployment


@cache
def deployments() -> tuple[Deployment, ...]:
    """Every deployment of every engine."""
    modules = [importlib.import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__)]
    return tuple(deployment for module in modules for deployment in module.DEPLOYMENTS)


def of_engine(name: str) -> tuple[Deployment, ...]:
    """The deployments of one engine; UsageError names the engines there are."""
    found = tuple(deployment for deployment in deployments() if deployment.engine == name)
    if not found:
        known = ", ".join(sorted({deployment.engine for deployment in deployments()}))
        raise UsageError(f"no engine {name!r}; engines: {known}")
    return found

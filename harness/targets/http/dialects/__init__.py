"""The dialects, one module each; a new one is found by being here."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from harness.core.errors import UsageError
from harness.targets.http.dialect import Dialect


@cache
def dialects() -> dict[str, Dialect]:
    """Every dialect by name, in the order in which a server is tried for them: those that say most of themselves first.

    A module may hold several; each is an instance in its tuple `DIALECTS`.
    """
    modules = [importlib.import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__)]
    found: list[Dialect] = [dialect for module in modules for dialect in module.DIALECTS]
    return {dialect.name: dialect for dialect in sorted(found, key=lambda dialect: (dialect.rank, dialect.name))}


def dialect(name: str) -> Dialect:
    """The dialect of that name; UsageError names the ones there are."""
    try:
        return dialects()[name]
    except KeyError:
        raise UsageError(f"no dialect {name!r}; dialects: {', '.join(sorted(dialects()))}") from None

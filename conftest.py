"""Settings that all tests of this checkout share."""

from __future__ import annotations

import os

# before torch is imported, here and in the processes that tests start: the embedded models are too small for threads
os.environ.setdefault("OMP_NUM_THREADS", "1")

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["pytester"]

settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("default"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """pytest-xdist 3.8 writes the group of a test to where pytest had its id before 9.2, and `--dist loadgroup` would
    not see it.
    """
    for item in items:
        grouped = vars(item).get("_nodeid")
        if grouped is not None and hasattr(item, "_id"):
            from _pytest.nodeid import coerce_node_id

            item._id = coerce_node_id(grouped)

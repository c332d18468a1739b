"""Sessions that these tests start are a user's own, also where the tests themselves run in a worker of pytest-xdist."""

import pytest


@pytest.fixture(autouse=True)
def _no_worker_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT", "PYTEST_XDIST_TESTRUNUID"):
        monkeypatch.delenv(name, raising=False)

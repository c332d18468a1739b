"""A cluster is found, or started, or said not to be there."""

from __future__ import annotations

import socket
import time
from types import SimpleNamespace
from typing import Any

import pytest

from harness.core.errors import TargetError, UsageError
from harness.scoring import cluster
from harness.scoring.cluster import ADDRESS, Cluster, connected


@pytest.mark.parametrize("address", ["here", "ray://127.0.0.1:10001", "127.0.0.1:0", "127.0.0.1:66000", ":6379", "a:b"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="expected host:port of a cluster's head"):
        Cluster.named(address, 1)


def test_an_address_of_the_environment_is_taken_where_none_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ADDRESS, "10.0.0.1:6379")
    assert Cluster.named(None, 1).address == "10.0.0.1:6379"
    assert Cluster.named("10.0.0.2:6379", 1).address == "10.0.0.2:6379"
    assert Cluster.named("local", 1).address is None


def fake(init: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Ray that is connected by `init`."""
    ray = SimpleNamespace(is_initialized=lambda: False, init=init, shutdown=lambda: None)
    monkeypatch.setitem(__import__("sys").modules, "ray", ray)


def test_a_cluster_of_another_version_is_wrong_use(monkeypatch: pytest.MonkeyPatch) -> None:
    def init(**_: Any) -> None:
        raise RuntimeError("Version mismatch: The cluster was started with:\n    Ray: 2.40.0\n    Python: 3.12.1")

    fake(init, monkeypatch)
    with socket.create_server(("127.0.0.1", 0)) as head:
        address = f"127.0.0.1:{head.getsockname()[1]}"
        with pytest.raises(UsageError, match=r"is of another version: .*Ray: 2\.40\.0"), connected(Cluster(address)):
            pass


def test_what_answers_and_is_no_cluster_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def init(**_: Any) -> None:
        raise ConnectionError("could not read the session name")

    fake(init, monkeypatch)
    with socket.create_server(("127.0.0.1", 0)) as head:
        address = f"127.0.0.1:{head.getsockname()[1]}"
        with pytest.raises(TargetError, match="no Ray cluster that can be joined"), connected(Cluster(address)):
            pass


def test_a_cluster_that_does_not_come_up_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    fake(lambda **_: time.sleep(30), monkeypatch)
    monkeypatch.setattr(cluster, "START", 0.1)
    with pytest.raises(TargetError, match=r"did not start: nothing came of it within 0 s"), connected(Cluster()):
        pass

"""A cluster is found, or started, or said not to be there."""

from __future__ import annotations

import socket
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from harness.core.errors import TargetError, UsageError
from harness.scoring import cluster
from harness.scoring.cluster import ADDRESS, Cluster, connected

#: Characters of a socket's path that Ray adds to the folder it is given, with a process id of seven digits.
OF_RAY = len("/session_2026-11-27_20-34-21_350184_4194304/sockets/plasma_store")
#: Characters that macOS allows it in all.
OF_MACOS = 103


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
    own = SimpleNamespace(worker=SimpleNamespace())
    ray = SimpleNamespace(is_initialized=lambda: False, init=init, shutdown=lambda: None, _private=own)
    monkeypatch.setitem(__import__("sys").modules, "ray", ray)


@pytest.fixture
def head() -> Iterator[Cluster]:
    """Something that takes connections."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield Cluster(f"127.0.0.1:{listening.getsockname()[1]}")


def refusing(error: Exception) -> Callable[..., None]:
    def init(**_: Any) -> None:
        raise error

    return init


def test_a_cluster_of_another_version_is_wrong_use(head: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    told = "Version mismatch: The cluster was started with:\n    Ray: 2.40.0\n    Python: 3.12.1"
    fake(refusing(RuntimeError(told)), monkeypatch)
    with pytest.raises(UsageError, match=r"is of another version: .*Ray: 2\.40\.0"), connected(head):
        pass


def test_what_answers_and_is_no_cluster_is_told(head: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(refusing(ConnectionError("could not read the session name")), monkeypatch)
    with pytest.raises(TargetError, match="no Ray cluster that can be joined"), connected(head):
        pass


def test_a_folder_that_cannot_be_made_for_a_local_cluster_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    fake(lambda **_: None, monkeypatch)
    monkeypatch.setattr("tempfile.tempdir", "/nowhere")
    with pytest.raises(UsageError, match=r"a folder in /nowhere \(No such file.*set TMPDIR"), connected(Cluster()):
        pass


@pytest.mark.parametrize("name", ["", "var/folders/zz/zyxvpxvq6csfxvn_n0000000000000/T"])
def test_the_files_of_a_local_cluster_are_its_user_s_alone_and_their_paths_short_enough_for_sockets(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / name).mkdir(parents=True, exist_ok=True)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / name) if name else None)
    seen: list[tuple[int, int]] = []

    def init(_temp_dir: str, **_: Any) -> None:
        seen.append((stat.S_IMODE(Path(_temp_dir).parent.stat().st_mode), len(_temp_dir) + OF_RAY))

    fake(init, monkeypatch)
    with connected(Cluster()):
        pass
    assert [(mode, length <= OF_MACOS) for mode, length in seen] == [(0o700, True)]


def test_a_cluster_that_does_not_come_up_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    fake(lambda **_: time.sleep(30), monkeypatch)
    monkeypatch.setattr(cluster, "START", 0.1)
    with pytest.raises(TargetError, match=r"did not start: nothing came of it within 0 s"), connected(Cluster()):
        pass

"""A Ray cluster: the one at an address, or one of this machine's own, on loopback, that ends with the work."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import signal
import socket
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from harness.core.errors import CannotWrite, MissingDependency, TargetError, UsageError, in_one_line

#: The environment variable in which Ray itself looks for an address.
ADDRESS = "RAY_ADDRESS"
#: What Ray calls the cluster that runs on this machine.
AUTO = "auto"
#: Seconds in which the head of a cluster has to take a connection.
REACH = 5.0
#: Seconds in which Ray has to be connected, or its local cluster to be there: usually two.
START = 180.0
#: Bytes of the path of a folder for temporary files below which Ray can have its sockets: macOS allows a socket's path
#: 103, of which Ray takes up to 64 and our own folder 14. The folder that macOS gives a user has 49.
SHORT = 25
#: Nothing is reported to Ray's makers, cards stay hidden from workers that ask for none, and workers have the priority
#: of this process, which does nothing but wait for them.
_SETTINGS = {
    "RAY_USAGE_STATS_ENABLED": "0", "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "1", "RAY_worker_niceness": "0",
}  # fmt: skip
#: Without this Ray 2.60 listens on every interface of a Linux machine, even where it is told the loopback address.
_ON_LOOPBACK = ("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")


@dataclass(frozen=True, slots=True)
class Cluster:
    """Which cluster is used: the one at `address` ("auto": the one that runs on this machine), or without one a local
    cluster of `cores` CPUs.
    """

    address: str | None = None
    cores: int = 1

    @classmethod
    def named(cls, address: str | None, cores: int) -> Cluster:
        """The cluster of an option, else of the environment; UsageError for what is no address of a cluster."""
        chosen = address or os.environ.get(ADDRESS) or None
        if chosen not in (None, "local", AUTO):
            _host_and_port(str(chosen))
        return cls(None if chosen == "local" else chosen, cores)


@contextlib.contextmanager
def connected(cluster: Cluster) -> Iterator[Any]:
    """The module `ray`, connected; a local cluster ends with the block, another one is left as it was.

    MissingDependency without Ray, TargetError where nothing answers at the address, UsageError where what answers is a
    cluster of another version.
    """
    for name, value in _SETTINGS.items():
        os.environ.setdefault(name, value)
    if cluster.address is None:
        os.environ.setdefault(*_ON_LOOPBACK)
    try:
        import ray
    except ImportError:
        raise MissingDependency("ray", "--engine ray") from None
    if ray.is_initialized():
        yield ray  # somebody else's connection, who will end it
        return
    with contextlib.ExitStack() as left:
        if cluster.address is None:
            _start(ray, cluster.cores, left)
        else:
            _join(ray, cluster.address)
        left.callback(ray.shutdown)
        _silence(ray)
        yield ray


def _start(ray: Any, cores: int, left: contextlib.ExitStack) -> None:
    folder = _private_folder()
    left.callback(shutil.rmtree, folder, ignore_errors=True)
    try:
        _within(
            START, ray, address="local", num_cpus=max(cores, os.cpu_count() or 1), include_dashboard=False,
            _temp_dir=f"{folder}/r",
        )  # fmt: skip
    except Exception as error:
        where = os.path.dirname(folder)
        raise TargetError(
            f"a local Ray cluster did not start: {in_one_line(error)}; is there room in {where}?"
        ) from None


def _private_folder() -> str:
    """A folder of this user's own, for Ray lets everybody write into those that it makes itself below.

    CannotWrite where there is none to be had.
    """
    usual = tempfile.gettempdir()
    where = usual if len(os.fsencode(usual)) <= SHORT else "/tmp"
    try:
        return tempfile.mkdtemp(prefix="rr-", dir=where)
    except OSError as error:
        told = f"a local Ray cluster needs a folder in {where} ({error.strerror})"
        raise CannotWrite(f"{told}; set TMPDIR to another one, of {SHORT} characters at most") from None


def _reach(address: str) -> None:
    """See that something answers there, for which Ray itself would wait a minute."""
    try:
        socket.create_connection(_host_and_port(address), REACH).close()
    except OSError as error:
        raise TargetError(
            f"no Ray cluster answers at {address} ({error.strerror or error}); start one: ray start --head"
        ) from None


def _within(seconds: float, ray: Any, **settings: Any) -> None:
    """Connect; TimeoutError where that takes longer, which Ray itself has no limit for.

    It is done by this thread, for the servers of a local cluster end with the thread that has started them.
    """
    late, here = threading.Event(), threading.get_ident()

    def interrupt() -> None:
        late.set()
        signal.pthread_kill(here, signal.SIGINT)

    watch = threading.Timer(seconds, interrupt)
    watch.daemon = True
    if threading.current_thread() is threading.main_thread():
        watch.start()
    try:
        ray.init(log_to_driver=False, logging_level=logging.ERROR, **settings)
    except KeyboardInterrupt:
        if late.is_set():
            raise TimeoutError(f"nothing came of it within {seconds:.0f} s") from None
        raise
    finally:
        watch.cancel()


def _join(ray: Any, address: str) -> None:
    if address != AUTO:
        _reach(address)
    try:
        _within(START, ray, address=address)
    except Exception as error:
        told = in_one_line(error)
        if "ersion mismatch" in str(error):
            raise UsageError(f"the Ray cluster at {address} is of another version: {told}") from None
        raise TargetError(f"what answers at {address} is no Ray cluster that can be joined: {told}") from None


def _silence(ray: Any) -> None:
    """Keep Ray's own paragraphs about lost workers off the terminal: they are told in one line each. There is no
    setting for it; what listens for them prints through this function.
    """
    ray._private.worker.print_to_stdstream = lambda *_, **__: None


def _host_and_port(address: str) -> tuple[str, int]:
    host, colon, port = address.rpartition(":")
    if not colon or not host or "/" in address or not port.isdecimal() or not 0 < int(port) < 2**16:
        raise UsageError(
            f"no Ray address {address!r}; expected host:port of a cluster's head, e.g. 127.0.0.1:6379, auto or local"
        )
    return host.strip("[]"), int(port)

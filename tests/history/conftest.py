"""Stores on SQLite and on a real PostgreSQL server, and runs to keep in them."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from harness.core.events import Event, FindingMade, RunFinished, RunStarted, ScoresRecorded
from harness.core.findings import Finding
from harness.core.vocabulary import Area, Severity, Stage, Status

FINDING = Finding(
    "numerics.values", "Values", Area.NUMERICS, Stage.FORWARD, Status.PASS, Severity.MAJOR, "cpu", "", 1e-5, 1e-4, 9e-5,
    "logit", "", "", "", "", 0.1,
)  # fmt: skip


@dataclass
class Postgres:
    """A server of Debian's package on loopback, in a folder of its own."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        """Of its only database."""
        return f"postgresql://tester@127.0.0.1:{self.port}/postgres"

    @classmethod
    def start(cls, folder: Path, port: int) -> Postgres:
        """Start a server in a folder that `initdb` made, and wait until it answers."""
        command = [tool("postgres"), "-D", str(folder), "-p", str(port), "-h", "127.0.0.1", "-k", str(folder)]
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", **_unprivileged()
        )
        for _ in range(300):
            if (
                subprocess.run([tool("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)], check=False).returncode
                == 0
            ):
                return cls(folder, port, process)
            time.sleep(0.1)
        raise AssertionError("PostgreSQL did not answer within 30 s")

    def die(self) -> None:
        """End it at once, with whatever is under way."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(timeout=30)


def tool(name: str) -> str | None:
    """A program of PostgreSQL; Debian keeps the server's off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}")) if Path("/usr/lib/postgresql").is_dir() else []
    return str(found[-1]) if found else shutil.which(name)


def _unprivileged() -> dict[str, str]:
    """A server does not run as root."""
    return {"user": "postgres"} if os.geteuid() == 0 else {}


@pytest.fixture(scope="session")
def postgres_folder() -> Iterator[Path]:
    """A fresh cluster."""
    if tool("initdb") is None:
        if os.environ.get("RERANK_HARNESS_TEST_POSTGRES") == "required":
            pytest.fail("PostgreSQL is required and not installed: apt-get install postgresql")
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        if os.geteuid() == 0:
            shutil.chown(name, "postgres")
        options = ["--auth=trust", "--username=tester", "--no-sync", "--encoding=UTF8"]
        made = [tool("initdb"), "-D", f"{name}/data", *options]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL, cwd="/", **_unprivileged())
        yield Path(name) / "data"


@pytest.fixture
def postgres(postgres_folder: Path) -> Iterator[Postgres]:
    """A running server with empty tables."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Postgres.start(postgres_folder, port)
    command = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"
    subprocess.run([tool("psql"), "-q", server.url, "-c", command], check=True, stderr=subprocess.DEVNULL)
    yield server
    if server.process.poll() is None:
        server.die()


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a store is: a file, or a database of the server."""
    if request.param == "sqlite":
        return str(tmp_path / "history.sqlite")
    return str(request.getfixturevalue("postgres").url)


@pytest.fixture
def stream() -> Callable[..., list[Event]]:
    """Makes the events of a small run."""

    def make(
        run_id: str = "a" * 32, *, night: int = 1, status: Status = Status.PASS, value: float = 1e-5,
        torch: str = "2.13.0", finished: bool = True, device: str = "cpu",
    ) -> list[Event]:  # fmt: skip
        day = f"2026-{1 + night // 28:02d}-{1 + night % 28:02d}T02:00:00.000+00:00"
        begun = RunStarted(
            day, {"spec": "reference"}, {"id": "tiny-causal", "digest": "sha256:0"}, device, "nightly",
            {"dtype": "float32", "packages": {"torch": torch}}, ("numerics.values",), id=run_id,
        )  # fmt: skip
        recorded = [
            ScoresRecorded(f"q{n}", ("a", "b"), (1, 0), (1.0, 0.5), "log-odds", {"language": "de" if n else "en"})
            for n in range(2)
        ]
        found = replace(FINDING, status=status, value=value, device=device)
        return [begun, FindingMade(found), *recorded, *([RunFinished(day)] if finished else [])]

    return make

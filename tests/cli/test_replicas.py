"""Several targets in one go, from the command line to the page: served, at fault, out of reach."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from harness.deployments.process import free_port
from harness.engine.serve import Serving, open_service
from harness.serving.run import served
from tests.commands import run

QUICK = ("--profile", "smoke", "--only", "score-distribution.finite")
SCHEMA = json.loads((Path(__file__).parents[2] / "reports" / "schema" / "matrix-report.schema.json").read_text())


@dataclass(frozen=True)
class Done:
    """A verification of several targets, by the names of their servers."""

    status: int
    told: str
    out: Path
    names: dict[str, str]

    @property
    def page(self) -> dict[str, Any]:
        """matrix.json."""
        found: dict[str, Any] = json.loads((self.out / "matrix.json").read_text())
        return found

    def deployment(self, name: str) -> dict[str, Any]:
        """What it says of one."""
        (found,) = (each for each in self.page["deployments"] if each["name"] == self.names[name])
        return dict(found)


@contextmanager
def replicas(**faults: Sequence[str]) -> Iterator[dict[str, str]]:
    """Servers of tiny-causal, by name, each with its faults."""
    with ExitStack() as serving:
        services = {name: open_service(Serving(faults=tuple(planted))) for name, planted in faults.items()}
        yield {name: serving.enter_context(served(each.application())) for name, each in services.items()}


def verified(urls: dict[str, str], folder: Path, *words: str) -> Done:
    targets = [word for url in urls.values() for word in ("--target", url)]
    done = run("verify", *targets, *words, "--out", "out", cwd=folder)
    names = {name: re.sub(r"[^0-9.]+", "-", url.removeprefix("http://")) for name, url in urls.items()}
    return Done(done.returncode, done.stderr, folder / "out", names)


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """Three replicas of which one lost its prompt template, and an address where nobody listens."""
    with replicas(sound=(), wrong=("template-absent",), other=()) as urls:
        every = urls | {"dead": f"http://127.0.0.1:{free_port()}"}
        return verified(every, tmp_path_factory.mktemp("faulty"), *QUICK, "--header", "X-Key: hush")


def test_the_replica_that_does_not_agree_is_named(faulty: Done) -> None:
    told = f"{faulty.names['wrong']} does not agree with the other 2 deployments"
    assert (faulty.status, told in faulty.told) == (1, True)


def test_the_page_names_it_too_and_by_how_much(faulty: Done) -> None:
    (found,) = faulty.page["agreements"]
    (difference,) = [each for each in faulty.page["differences"] if each["scores"]["beyond"]]
    assert found["odd"] == [faulty.names["wrong"]] == [difference["deployment"]]
    assert difference["scores"]["largest"] > difference["scores"]["limit"]


def test_one_that_cannot_be_reached_is_told_and_does_not_stop_the_others(faulty: Done) -> None:
    dead = faulty.deployment("dead")
    assert (dead["state"], dead["exit_status"], dead["report"]) == ("lost", 3, None)
    assert "is the server running there?" in dead["reason"]
    assert [faulty.deployment(name)["state"] for name in ("sound", "wrong", "other")] == ["finished"] * 3


def test_each_has_all_reports_in_its_own_folder(faulty: Done) -> None:
    folder = faulty.out / faulty.names["sound"]
    assert {"run.json", "report.html", "events.jsonl"} <= {path.name for path in folder.iterdir()}


def test_a_header_is_written_nowhere(faulty: Done) -> None:
    written = [path.read_text(errors="replace") for path in faulty.out.rglob("*") if path.is_file()]
    assert ("hush" in "".join(written), "hush" in faulty.told) == (False, False)


def test_the_document_fits_its_schema(faulty: Done) -> None:
    jsonschema.validate(faulty.page, SCHEMA)


@pytest.mark.slow
def test_healthy_replicas_agree(tmp_path: Path) -> None:
    with replicas(a=(), b=(), c=()) as urls:
        (tmp_path / "targets.txt").write_text("# ours\n" + "\n".join(urls.values()))
        done = run("verify", "--targets", "targets.txt", *QUICK, "--out", "out", cwd=tmp_path)
    assert (done.returncode, "The 3 deployments of a model that nobody named agree" in done.stderr) == (0, True)


def test_where_nobody_can_be_reached_it_is_exit_status_3(tmp_path: Path) -> None:
    done = verified({name: f"http://127.0.0.1:{free_port()}" for name in "ab"}, tmp_path, *QUICK)
    assert (done.status, done.page["verdict"], done.page["agreements"]) == (3, "incomplete", [])


class Counted:
    """An application that knows how many rerank requests were under way at once."""

    def __init__(self, application: ASGIApp) -> None:
        self.application = application
        self.lock, self.under_way, self.most = threading.Lock(), 0, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._count(1)
        try:
            await self.application(scope, receive, send)
        finally:
            self._count(-1)

    def _count(self, step: int) -> None:
        with self.lock:
            self.under_way += step
            self.most = max(self.most, self.under_way)


@pytest.mark.slow
def test_a_server_that_is_named_twice_gets_no_more_requests_at_once_than_wanted(tmp_path: Path) -> None:
    counted = Counted(open_service(Serving(stub=True)).application())
    with served(counted) as url:  # type: ignore[arg-type]  # an ASGI application is all that is asked of it
        every = {"ip": url, "name": url.replace("127.0.0.1", "localhost")}
        words = ("--profile", "smoke", "--only", "state.concurrent-clients", "--concurrency", "3")
        done = verified(every, tmp_path, *words)
    assert [each["state"] for each in done.page["deployments"]] == ["finished"] * 2
    assert counted.most == 3


@pytest.mark.slow
def test_a_difference_is_explained_by_the_diagnosis_of_the_one_at_fault(tmp_path: Path) -> None:
    checks = ("--only", "numerics.values", "--model", "tiny-causal")
    with replicas(sound=(), wrong=("template-absent",)) as urls:
        done = verified(urls, tmp_path, *QUICK, *checks)
    (difference,) = done.page["differences"]
    assert (done.status, difference["explanation"]) == (1, "cause")
    assert [(cause["in"], cause["variant"]) for cause in difference["causes"]] == [
        (done.names["wrong"], "template-absent")
    ]

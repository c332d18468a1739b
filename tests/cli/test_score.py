"""`rerank-harness score`: the same scores by whichever engine, kept as they come, and gone on with."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from harness.engine.serve import Serving, open_service
from harness.scoring.store import read_scores
from harness.serving.run import served
from tests.cli.conftest import Done
from tests.scoring.stubs import pairs_of, score_of

Command = Callable[..., Done]
ROOT = str(Path(__file__).parents[2])
STUB = """
import os, time
from tests.scoring.stubs import score_of
def score(query, documents, instruction):
    time.sleep(float(os.environ.get("SECONDS_A_UNIT", 0)))
    return [score_of(query, document) for document in documents]
score.scale = "log-odds"
"""


def write_pairs(path: Path, queries: int = 30, documents: int = 10, words: int = 100) -> list[float]:
    """A file of pairs; returns what the stub scores them."""
    pairs = pairs_of(queries, documents, words)
    path.write_text("".join(json.dumps({"query": p.query, "document": p.document}) + "\n" for p in pairs))
    return [score_of(pair.query, pair.document) for pair in pairs]


@pytest.fixture
def right(tmp_path: Path) -> list[float]:
    """Scores of the pairs of pairs.jsonl by a stub, which stands in stub.py."""
    (tmp_path / "stub.py").write_text(STUB)
    return write_pairs(tmp_path / "pairs.jsonl")


def test_scores_are_kept_in_parquet_with_what_made_them(command: Command, right: list[float], tmp_path: Path) -> None:
    assert command("score", "pairs.jsonl", "--target", "python:stub:score", "--out", "kept").status == 0
    manifest = json.loads((tmp_path / "kept" / "scoring.json").read_text())
    assert np.array_equal(read_scores(tmp_path / "kept" / "scores", 300), right)
    assert (manifest["status"], manifest["units"], manifest["pairs"]["count"]) == ("complete", 30, 300)


def test_a_query_that_comes_again_later_is_scored_again_in_its_place(command: Command, tmp_path: Path) -> None:
    lines = [{"query": query, "document": "a river"} for query in ("river", "delta", "river")]
    (tmp_path / "pairs.jsonl").write_text("\n".join(map(json.dumps, lines)))
    told = [json.loads(line) for line in command("score", "pairs.jsonl").out.splitlines()]
    assert [line["query"] for line in told] == ["river", "delta", "river"]
    assert told[0]["log_odds"] == told[2]["log_odds"] != told[1]["log_odds"]


@pytest.mark.parametrize(
    "dtype",
    [
        pytest.param("float32", marks=pytest.mark.endurance),  # `bench --engine ray` holds these bits to each other too
        pytest.param("bfloat16", marks=pytest.mark.slow),
    ],
)
def test_workers_score_what_one_process_does_bit_for_bit(dtype: str, command: Command, tmp_path: Path) -> None:
    from fixtures.collections import load_judged

    judged = [{"query": pair.query, "document": pair.document} for pair in load_judged().pairs()]
    (tmp_path / "pairs.jsonl").write_text("\n".join(map(json.dumps, judged)))
    here = command("score", "pairs.jsonl", "--dtype", dtype)
    there = command("score", "pairs.jsonl", "--dtype", dtype, "--engine", "ray", "--workers", "2")
    assert (here.status, there.status, there.err) == (0, 0, "")
    assert here.out == there.out


def start(*words: str, cwd: Path) -> subprocess.Popen[str]:
    """The command in a process of its own that takes its time for each unit."""
    settings = os.environ | {"SECONDS_A_UNIT": "0.2", "PYTHONPATH": ROOT, "OMP_NUM_THREADS": "1"}
    return subprocess.Popen([sys.executable, "-m", "harness.cli", "score", *words], cwd=cwd, env=settings, text=True)


@pytest.mark.parametrize("engine", ["local", pytest.param("ray", marks=pytest.mark.slow)])
def test_a_scoring_that_was_killed_goes_on_where_it_was(
    engine: str, command: Command, right: list[float], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", ROOT)  # for workers, which import the stub's module
    by = ("--engine", engine) if engine == "ray" else ()
    scoring = start("pairs.jsonl", "--target", "python:stub:score", "--out", "kept", *by, cwd=tmp_path)
    stream = tmp_path / "kept" / "scores" / "part-00000.arrows"
    while not (stream.exists() and stream.stat().st_size > 3_000):
        assert scoring.poll() is None
        time.sleep(0.05)
    scoring.send_signal(signal.SIGKILL)
    scoring.wait()
    done = command("score", "--resume", "kept", *by)
    assert (done.status, done.out, done.err) == (0, "300 pairs in 30 units: kept\n", "")
    assert np.array_equal(read_scores(tmp_path / "kept" / "scores", 300), right)


def test_a_scoring_that_had_finished_says_so(command: Command, right: list[float]) -> None:
    command("score", "pairs.jsonl", "--target", "python:stub:score", "--out", "kept")
    assert command("score", "--resume", "kept").out == "the scoring had finished: kept\n"


def begin(folder: Path) -> None:
    """Have a scoring look as if it had been killed."""
    text = (folder / "scoring.json").read_text()
    manifest = json.loads(text) | {"status": "incomplete", "finished": None, "units": None}
    (folder / "scoring.json").write_text(json.dumps(manifest))


def test_a_scoring_is_not_gone_on_with_on_other_pairs(command: Command, right: list[float], tmp_path: Path) -> None:
    command("score", "pairs.jsonl", "--target", "python:stub:score", "--out", "kept")
    begin(tmp_path / "kept")
    write_pairs(tmp_path / "pairs.jsonl", queries=29)
    done = command("score", "--resume", "kept")
    assert (done.status, "does not hold the pairs that kept began with" in done.err) == (2, True)


def test_a_scoring_is_not_gone_on_with_by_another_program(command: Command, right: list[float], tmp_path: Path) -> None:
    command("score", "pairs.jsonl", "--target", "python:stub:score", "--out", "kept")
    begin(tmp_path / "kept")
    path = tmp_path / "kept" / "scoring.json"
    path.write_text(path.read_text().replace('"numpy": "', '"numpy": "0.'))
    done = command("score", "--resume", "kept")
    assert (done.status, "numpy is" in done.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ((), "score needs PAIRS.jsonl"),
        (("nowhere.jsonl",), "nowhere.jsonl: cannot be read"),
        (("pairs.jsonl", "--workers", "2"), "--workers is for --engine ray"),
        (("pairs.jsonl", "--ray-address", "127.0.0.1:1"), "--ray-address is for --engine ray"),
        (("pairs.jsonl", "--engine", "ray", "--ray-address", "ray://here"), "no Ray address 'ray://here'"),
        (("pairs.jsonl", "--engine", "ray", "--ray-address", "here:99999"), "no Ray address 'here:99999'"),
        (("pairs.jsonl", "--device", "cuda:9"), "device cuda:9 cannot be used"),
        (("pairs.jsonl", "--device", "tpu"), "no device 'tpu'"),
        (("pairs.jsonl", "--engine", "ray", "--model", "./nowhere"), "no checkpoint folder at ./nowhere"),
        (("pairs.jsonl", "--target", "http://a", "--target", "reference"), "'reference' is none"),
        (("pairs.jsonl", "--target", "http://a", "--target", "http://a"), "is named twice"),
        (("--resume", "kept", "--model", "m"), "--resume takes --model from"),
        (("--resume", "kept"), "kept/scoring.json cannot be read as a scoring"),
    ],
    ids=" ".join,
)
def test_a_mistake_is_one_line_and_nothing_is_written(
    words: tuple[str, ...], reason: str, command: Command, right: list[float], tmp_path: Path
) -> None:
    before = sorted(tmp_path.iterdir())
    done = command("score", *words, *(() if "--resume" in words else ("--out", "kept")))
    assert (done.status, done.out, reason in done.err, done.err.count("\n")) == (2, "", True, 1)
    assert sorted(tmp_path.iterdir()) == before


def test_a_cluster_that_does_not_answer_is_exit_status_3(command: Command, right: list[float], tmp_path: Path) -> None:
    done = command("score", "pairs.jsonl", "--engine", "ray", "--ray-address", "127.0.0.1:1", "--out", "kept")
    assert (done.status, done.err.count("\n"), (tmp_path / "kept").exists()) == (3, 1, False)
    assert "no Ray cluster answers at 127.0.0.1:1" in done.err


@pytest.mark.parametrize(("module", "words"), [("ray", ("--engine", "ray")), ("pyarrow", ("--out", "kept"))])
def test_a_package_that_is_not_installed_is_named(
    module: str, words: tuple[str, ...], command: Command, right: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    done = command("score", "pairs.jsonl", "--target", "python:stub:score", *words)
    assert (done.status, f"pip install {module}" in done.err, done.err.count("\n")) == (2, True, 1)


def test_servers_share_the_load(command: Command, tmp_path: Path) -> None:
    write_pairs(tmp_path / "pairs.jsonl", queries=8, documents=3, words=0)
    services = [open_service(Serving(dialect="tei")) for _ in range(2)]
    with served(services[0].application()) as first, served(services[1].application()) as second:
        shared = command("score", "pairs.jsonl", "--target", f"tei+{first}", "--target", f"tei+{second}")
    alone = command("score", "pairs.jsonl")
    odds = [[json.loads(line)["log_odds"] for line in done.out.splitlines()] for done in (shared, alone)]
    assert odds[0] == pytest.approx(odds[1], abs=1e-4)

"""The command line as a user meets it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest


def rerank_harness(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from harness.cli import main; main()", *words]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=False, timeout=300)


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nsys.argv = ['rerank-harness', '--help']\nfrom harness.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'torch', 'transformers', 'numpy', 'scipy', 'pandas', 'matplotlib', 'hypothesis',\n"
        "    'httpx2', 'starlette', 'pydantic', 'uvicorn', 'grpc', 'jsonschema'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_unknown_command_is_wrong_use() -> None:
    assert rerank_harness("conjure").returncode == 2


MISTAKES = {
    "device": (["verify", "--device", "tpu"], "no device 'tpu'"),
    "profile": (["verify", "--profile", "huge"], "no profile 'huge'"),
    "target": (["verify", "--target", "gopher://x"], "no target of the kind"),
    "callable": (["verify", "--target", "python:nowhere:f"], "cannot be imported"),
    "model folder": (["verify", "--model", "./nowhere"], "no checkpoint folder at ./nowhere"),
    "collection": (["verify", "--collection", "./nowhere"], "nowhere"),
    "check": (["verify", "--only", "numerics.wishes"], "no check or area 'numerics.wishes'"),
    "dtype": (["verify", "--dtype", "int3"], "no dtype 'int3'"),
    "dialect": (["verify", "--target", "nope+http://127.0.0.1:1"], "no dialect 'nope'"),
    "dialect to serve": (["serve", "--dialect", "nope", "--stub", "--port", "0"], "no dialect 'nope'"),
    "fault": (["serve", "--fault", "nope", "--stub", "--port", "0"], "no fault 'nope'"),
    "key": (["verify", "--target", "http://127.0.0.1:1", "--api-key-env", "NO_SUCH_KEY"], "NO_SUCH_KEY"),
    "key in the address": (["verify", "--target", "http://me:secret@127.0.0.1:1"], "must not stand in the URL"),
    "recording": (["verify", "--target", "recorded:nowhere.jsonl"], "cannot read the recording nowhere.jsonl"),
    "events": (["report", "nowhere.jsonl"], "nowhere.jsonl"),
    "pairs": (["score", "nowhere.jsonl"], "nowhere.jsonl"),
    "model name": (["models", "export", "big", "out"], "big"),
    "run file": (["evaluate", "--run", "nowhere", "--qrels", "nowhere"], "nowhere"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_one_line_exit_status_2_and_nothing_written(name: str, tmp_path: Path) -> None:
    words, reason = MISTAKES[name]
    done = rerank_harness(*words, cwd=tmp_path)
    assert (done.returncode, reason in done.stderr, "Traceback" in done.stderr) == (2, True, False)
    assert (len(done.stderr.strip().splitlines()), list(tmp_path.iterdir())) == (1, [])


def test_scores_come_one_line_a_pair(tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text(
        '{"query": "river", "document": "a river"}\n{"query": "river", "document": "no", "instruction": "x"}\n'
    )
    lines = [json.loads(line) for line in rerank_harness("score", str(pairs)).stdout.splitlines()]
    assert [line["document"] for line in lines] == ["a river", "no"]
    assert lines[0]["score"] > lines[1]["score"]


def test_a_broken_line_of_pairs_is_named(tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text('{"query": "river", "document": "a river"}\n{"query": 1}\n')
    done = rerank_harness("score", str(pairs))
    assert (done.returncode, "pairs.jsonl:2" in done.stderr) == (2, True)


def test_tokens_are_shown_with_their_evidence() -> None:
    document = json.loads(rerank_harness("tokens", "tiny-causal", "--json", "-").stdout)
    assert document["disagreements"] == []
    assert {e["method"] for e in document["evidence"]} >= {"declaration", "vocabulary", "context"}


def test_tokens_of_a_classifier_are_refused() -> None:
    done = rerank_harness("tokens", "tiny-seq-cls")
    assert (done.returncode, "labels, not answer tokens" in done.stderr) == (2, True)


def test_a_trec_run_is_evaluated(tmp_path: Path) -> None:
    (tmp_path / "qrels").write_text("q1 0 a 2\nq1 0 b 0\nq1 0 c 1\n")
    (tmp_path / "run").write_text("q1 Q0 a 1 3.0 t\nq1 Q0 c 2 2.0 t\nq1 Q0 b 3 1.0 t\n")
    done = rerank_harness("evaluate", "--run", "run", "--qrels", "qrels", "--json", "-", cwd=tmp_path)
    assert json.loads(done.stdout)["overall"]["ndcg@10"]["mean"] == 1.0


def test_the_embedded_models_are_listed() -> None:
    listed = rerank_harness("models", "list").stdout
    assert "tiny-causal" in listed
    assert "tiny-seq-cls" in listed


@pytest.mark.slow
def test_an_exported_model_scores_like_the_embedded_one(tmp_path: Path) -> None:
    (tmp_path / "pairs.jsonl").write_text('{"query": "river", "document": "a river"}\n')
    assert rerank_harness("models", "export", "tiny-causal", "copy", cwd=tmp_path).returncode == 0
    ours, copied = (
        rerank_harness("score", "--model", m, "pairs.jsonl", cwd=tmp_path).stdout for m in ("tiny-causal", "./copy")
    )
    assert ours == copied != ""

"""`rerank-harness layers` as a user meets it."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

import jsonschema
import pytest
import torch

from fixtures.models import model_folder
from harness.cli import main
from harness.divergence.bundle import schema

TWO = ("layers", "cpu/float32", "cpu/bfloat16")


class Done(NamedTuple):
    """What a command has left behind."""

    returncode: int
    stdout: str
    stderr: str


def rerank_harness(*words: str, cwd: Path) -> Done:
    """The command in this process, which has torch already."""
    out, err = io.StringIO(), io.StringIO()
    with chdir(cwd), redirect_stdout(out), redirect_stderr(err), pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["rerank-harness", *words])
        with pytest.raises(SystemExit) as left:
            main()
    return Done(int(left.value.code or 0), out.getvalue(), err.getvalue())


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A bundle that the command has written, and what it has printed."""
    path = tmp_path_factory.mktemp("bundle") / "bundle.json"
    done = rerank_harness(*TWO, "--bundle", path.name, cwd=path.parent)
    assert (done.returncode, done.stderr) == (0, "")
    return path, done.stdout


def test_healthy_computations_pass_with_a_short_table(recorded: tuple[Path, str]) -> None:
    printed = recorded[1]
    assert "PASS  no module diverges between cpu/float32/sdpa and cpu/bfloat16/sdpa: 49 modules, 3 pairs" in printed
    assert 5 < len(printed.splitlines()) < 16


def test_every_module_is_shown_where_that_is_asked_for_and_json_goes_to_a_file(tmp_path: Path) -> None:
    (tmp_path / "pairs.jsonl").write_text('{"query": "a river", "document": "a delta"}\n', encoding="utf-8")
    done = rerank_harness(*TWO, "--all", "--pairs", "pairs.jsonl", "--json", "found.json", cwd=tmp_path)
    found = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
    jsonschema.validate(found, schema("divergence"))
    assert (found["verdict"], found["pairs"]) == ("pass", 1)
    assert all(module["name"] in done.stdout for module in found["modules"])


def test_a_replay_reproduces_and_writes_json_alone(recorded: tuple[Path, str]) -> None:
    done = rerank_harness("layers", "--replay", recorded[0].name, "--json", "-", cwd=recorded[0].parent)
    found = json.loads(done.stdout)
    jsonschema.validate(found, schema("divergence"))
    assert (done.returncode, found["replay"]["reproduces"], found["replay"]["changed"]) == (0, True, [])


def test_a_divergence_is_named_and_what_differs_from_the_record_shown(
    recorded: tuple[Path, str], tmp_path: Path
) -> None:
    document = json.loads(recorded[0].read_text(encoding="utf-8"))
    document["divergence"]["modules"][4]["local"] = 0.25
    name = document["divergence"]["modules"][4]["name"]
    (tmp_path / "bundle.json").write_text(json.dumps(document), encoding="utf-8")
    done = rerank_harness("layers", "--replay", "bundle.json", cwd=tmp_path)
    assert f"does not reproduce: no module diverges; recorded: {name} diverges first" in done.stdout
    assert [line.split()[:2] for line in done.stdout.splitlines() if " 32 " in line] == [[name, "32"]]


def test_a_module_that_overflows_fails(tmp_path: Path) -> None:
    """A model with weights that float16 does not have."""
    from safetensors.torch import load_file, save_file

    shutil.copytree(model_folder("tiny-causal"), tmp_path / "model")
    weights = load_file(tmp_path / "model/model.safetensors")
    weights["model.layers.1.mlp.up_proj.weight"] *= 1e6
    save_file(weights, tmp_path / "model/model.safetensors", {"format": "pt"})
    done = rerank_harness("layers", "float32", "float16", "--model", "./model", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert "FAIL  model.layers.1.mlp.up_proj is the first of" in done.stdout
    rows = [line.split() for line in done.stdout.splitlines()]
    assert next(row[:3] for row in rows if row[-1:] == ["first"]) == ["model.layers.1.mlp.up_proj", "no", "number"]


def test_the_bundle_s_model_may_be_elsewhere(recorded: tuple[Path, str], tmp_path: Path) -> None:
    document = json.loads(recorded[0].read_text(encoding="utf-8"))
    document["divergence"]["model"]["id"] = "/nowhere/model"
    (tmp_path / "bundle.json").write_text(json.dumps(document), encoding="utf-8")
    lost = rerank_harness("layers", "--replay", "bundle.json", cwd=tmp_path)
    named = rerank_harness("layers", "--replay", "bundle.json", "--model", "tiny-causal", cwd=tmp_path)
    assert (lost.returncode, "is not here" in lost.stderr, "--model" in lost.stderr) == (2, True, True)
    assert named.returncode == 0


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ((), "name two computations"),
        (("cpu",), "only 'cpu' is named"),
        (("cpu", "tpu"), "'tpu' is no device"),
        (("cpu", "cpu/float32/flash_attention_2"), "cannot be computed"),
        (("cpu", "cpu", "--pairs", "nowhere.jsonl"), "nowhere.jsonl: cannot be read"),
        (("cpu", "cpu", "--model", "./nowhere"), "no checkpoint folder at ./nowhere"),
        (("--replay", "nowhere.json"), "cannot be read as a replay bundle"),
        (("--replay", "nowhere.json", "--bundle", "b.json"), "leave out --pairs and --bundle"),
        pytest.param(
            ("cpu", "cuda"), "device cuda cannot be used",
            marks=pytest.mark.skipif(torch.cuda.is_available(), reason="there is a CUDA device"),
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_one_line(words: tuple[str, ...], reason: str, tmp_path: Path) -> None:
    done = rerank_harness("layers", *words, cwd=tmp_path)
    assert (done.returncode, reason in done.stderr, done.stderr.count("\n")) == (2, True, 1)


def test_another_model_is_refused_by_its_digest(recorded: tuple[Path, str]) -> None:
    done = rerank_harness("layers", "--replay", str(recorded[0]), "--model", "tiny-seq-cls", cwd=recorded[0].parent)
    assert (done.returncode, "is not the model of the bundle" in done.stderr) == (2, True)


def test_help_needs_no_torch() -> None:
    code = (
        "import sys\nsys.argv = ['rerank-harness', 'layers', '--help']\nfrom harness.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\nassert 'torch' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0

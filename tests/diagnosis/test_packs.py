"""Answer packs: small, readable, checked, and as good as the weights where they were made for."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from harness.core.errors import UsageError
from harness.diagnosis.diagnose import Doctor
from harness.diagnosis.examination import CORE, QUERY, asked
from harness.diagnosis.packs import LARGEST, Pack, _digest, read_pack, write_pack
from harness.diagnosis.published import published_pack
from harness.engine.packing import pack_of
from harness.reference.pipeline import Reranker
from harness.targets.function import FunctionTarget


@pytest.fixture(scope="session")
def pack_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pack") / "tiny.json"
    write_pack(pack_of("tiny-causal", "cpu", None), path)
    return path


@pytest.fixture(scope="session")
def pack(pack_file: Path) -> Pack:
    return read_pack(pack_file)


def test_a_pack_is_small_and_names_model_versions_and_date(pack_file: Path, pack: Pack) -> None:
    assert pack_file.stat().st_size < LARGEST
    assert pack.model["digest"].startswith("sha256:")
    assert pack.provenance["versions"]["torch"]
    assert pack.provenance["created"]


def test_a_pack_holds_the_logits_of_the_model(pack: Pack, reference: Reranker) -> None:
    pairs = asked(QUERY, CORE).pairs
    found = pack.logits((), pairs)
    assert found is not None
    np.testing.assert_allclose(found, reference.logits(pairs).numpy(), atol=1e-6)


def test_a_pack_holds_the_variants_of_the_model(pack: Pack) -> None:
    assert {"template-absent", "mask-missing", "layer-missing", "capitalised-answers"} <= set(pack.variants)
    assert pack.logits(("template-absent", "capitalised-answers"), asked(QUERY, CORE).pairs) is not None


def test_a_pack_that_was_changed_is_refused(pack_file: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed.json"
    changed.write_text(pack_file.read_text().replace("0.1", "0.2", 1))
    with pytest.raises(UsageError, match="was changed after it was written"):
        read_pack(changed)


@pytest.mark.parametrize("text", ["", "[]", "{}", "not json", "[" * 100_000])
def test_what_is_no_pack_is_refused_in_one_line(text: str, tmp_path: Path) -> None:
    (tmp_path / "no.json").write_text(text)
    with pytest.raises(UsageError, match=r"no answer pack|cannot be read"):
        read_pack(tmp_path / "no.json")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda d: d.pop("pairs"), "KeyError 'pairs'"),
        (lambda d: d["requests"][0].append(999), "requests of pairs that it does not hold"),
        (lambda d: d["answers"][""]["0"].pop(), "logits that do not fit its requests"),
        (lambda d: d["answers"].update({"made-up": {}}), "faults that are not known here, made-up"),
        (lambda d: d["noise"].update(float32=-1.0), "noise that is no number"),
        (lambda d: d["answers"].pop(""), "no answers of the model itself"),
        (lambda d: d["products"].pop(), "products that do not fit its pairs"),
    ],
)
def test_a_pack_whose_parts_do_not_fit_is_damaged(
    change: Callable[[dict[str, Any]], object], message: str, pack_file: Path, tmp_path: Path
) -> None:
    document = json.loads(pack_file.read_text())
    del document["digest"]
    change(document)
    (tmp_path / "odd.json").write_text(json.dumps(document | {"digest": _digest(document)}))
    with pytest.raises(UsageError, match=f"is damaged: .*{message}"):
        read_pack(tmp_path / "odd.json")


def test_published_answers_are_a_pack_of_right_and_wrong_ones() -> None:
    pack = published_pack("Qwen/Qwen3-Reranker-8B")
    assert pack is not None
    assert set(pack.variants) == {"template-absent", "head-zero"}
    assert published_pack("somebody/else") is None


def test_a_verification_by_pack_needs_no_torch(pack_file: Path, tmp_path: Path) -> None:
    program = f"""
import sys
sys.modules["torch"] = sys.modules["transformers"] = None  # importing them would fail
from harness.cli import main
sys.argv = ["rerank-harness", "diagnose", "--target", "python:healthy:score", "--pack", {str(pack_file)!r}]
main()
"""
    (tmp_path / "healthy.py").write_text(
        "def score(query, documents, instruction):\n    return [0.5] * len(documents)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path, timeout=120)
    assert done.returncode == 1, done.stderr
    assert "head-zero" in done.stdout


def test_a_published_wrong_answer_is_recognised() -> None:
    pack = published_pack("Qwen/Qwen3-Reranker-0.6B")
    assert pack is not None
    wrong = dict(zip(pack.pairs, (0.55859, 0.98828, 0.88672, 0.91016), strict=True))

    def without_template(query: str, documents: list[str], instruction: str | None) -> list[float]:
        return [next(score for pair, score in wrong.items() if pair.document == text) for text in documents]

    found = Doctor(pack, pack.max_length).diagnose(FunctionTarget(without_template, "python:test:published"))
    assert [cause.variant for cause in found.causes] == ["template-absent"]

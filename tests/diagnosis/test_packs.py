"""Answer packs: small, readable, checked, and as good as the weights where they were made for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from harness.core.errors import UsageError
from harness.diagnosis.examination import CORE, QUERY, asked
from harness.diagnosis.packs import LARGEST, Pack, read_pack, write_pack
from harness.diagnosis.published import published_pack
from harness.engine.packing import pack_of
from harness.reference.pipeline import Reranker


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


def test_a_pack_of_another_shape_is_damaged(pack_file: Path, tmp_path: Path) -> None:
    from harness.diagnosis.packs import _digest

    document = json.loads(pack_file.read_text())
    del document["digest"], document["pairs"]
    (tmp_path / "odd.json").write_text(json.dumps(document | {"digest": _digest(document)}))
    with pytest.raises(UsageError, match="is damaged: KeyError 'pairs'"):
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

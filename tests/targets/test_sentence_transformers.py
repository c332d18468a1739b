"""CrossEncoder as a target: the real library on the embedded models, against what they define."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fixtures.models import model_folder
from harness.core.errors import MissingDependency, Refused, UsageError
from harness.core.pairs import Pair
from harness.core.scores import Scores
from harness.reference.pipeline import Reranker
from harness.targets.preformatted import halves
from harness.targets.sentence_transformers import CrossEncoderTarget, open_cross_encoder

PAIRS = (
    Pair("what is the capital of China", "The capital of China is Beijing."),
    Pair("what is the capital of China", "Gravity attracts two bodies towards each other."),
    Pair("what is the capital of China", "The capital of Korea is Seoul. " * 20),
    Pair("天空为什么是蓝色的", "因为空气散射蓝光。", "Find passages about physics"),
)
#: Measured: 2.3e-5 over the embedded collection in float32, 1.4e-14 in float64 without padding (with padding 1.5e-5,
#: since the library counts padding as positions, and the angles of RoPE are float32).
LIMITS = {"float32": 1e-4, "float64": 1e-9}
#: The classifiers' own score rows are differences of float32 rows, rounded: 2.4e-8 was measured.
ROUNDED = 1e-6
TEMPLATE = "{% for m in messages %}{% if m.role == 'user' %}{{ m.content }}{% endif %}{% endfor %}"


@cache
def opened(folder: Path, dtype: str | None = None) -> CrossEncoderTarget:
    pytest.importorskip("sentence_transformers")
    return open_cross_encoder(f"sentence-transformers:{folder}", str(folder), "cpu", dtype)


def scores(target: CrossEncoderTarget, pairs: tuple[Pair, ...] = PAIRS) -> Scores:
    return np.array([target.score(p.query, [p.document], p.instruction)[0] for p in pairs])


@pytest.fixture
def changed(tmp_path: Path) -> Callable[..., Path]:
    """A copy of an embedded model with some fields of one of its files changed (None: removed)."""

    def change(name: str, file: str, **fields: Any) -> Path:
        folder = tmp_path / "changed"
        shutil.copytree(model_folder(name), folder)
        content = json.loads((folder / file).read_text()) | fields
        (folder / file).write_text(json.dumps({k: v for k, v in content.items() if v is not None}))
        return folder

    return change


@pytest.mark.parametrize("dtype", LIMITS)
@pytest.mark.parametrize("name", ["tiny-causal", "tiny-seq-cls", "tiny-seq-cls-2", "tiny-seq-cls-2-reversed"])
def test_scores_are_the_log_odds_that_the_checkpoint_defines(name: str, dtype: str, reference: Reranker) -> None:
    limit = LIMITS[dtype] if name == "tiny-causal" else max(LIMITS[dtype], ROUNDED)
    np.testing.assert_allclose(scores(opened(model_folder(name), dtype)), reference.log_odds(PAIRS), atol=limit)


def test_a_batch_scores_as_its_pairs_do_and_none_are_asked_for_no_documents() -> None:
    target = opened(model_folder("tiny-causal"))
    together = target.score(PAIRS[0].query, [p.document for p in PAIRS[:3]], None)
    np.testing.assert_allclose(together, scores(target, PAIRS[:3]), atol=LIMITS["float32"])
    assert target.score("q", [], None) == []


@pytest.mark.parametrize("name", ["tiny-causal", "tiny-seq-cls"])
def test_the_chat_template_in_the_folder_makes_it_apply_prompt_and_instruction(name: str) -> None:
    target = opened(model_folder(name))
    assert (target.capabilities.applies_prompt, target.capabilities.instruction) == (True, True)
    assert target.score("q", ["d"], "Find physics")[0] != target.score("q", ["d"], None)[0]


def test_without_a_chat_template_the_caller_has_to_apply_the_prompt(
    changed: Callable[..., Path], reference: Reranker
) -> None:
    target = opened(changed("tiny-seq-cls", "tokenizer_config.json", chat_template=None))
    assert (target.capabilities.applies_prompt, target.capabilities.instruction) == (False, False)
    template = reference.parts.checkpoint.family.template
    assert template is not None
    sent = tuple(Pair(*halves(template, pair)) for pair in PAIRS)
    assert np.abs(scores(target) - reference.log_odds(PAIRS)).max() > 1
    np.testing.assert_allclose(scores(target, sent), reference.log_odds(PAIRS), atol=LIMITS["float32"])


def test_a_template_that_knows_no_query_and_no_document_is_refused_by_the_library(
    changed: Callable[..., Path],
) -> None:
    target = opened(changed("tiny-seq-cls", "tokenizer_config.json", chat_template=TEMPLATE))
    with pytest.raises(Refused, match="raised"):
        target.score("q", ["d"], None)


def test_swapped_answer_ids_turn_the_scores_around(changed: Callable[..., Path], reference: Reranker) -> None:
    yes, no = reference.parts.answer_ids
    folder = changed("tiny-causal", "1_LogitScore/config.json", true_token_id=no, false_token_id=yes)
    np.testing.assert_allclose(scores(opened(folder)), -reference.log_odds(PAIRS), atol=LIMITS["float32"])


def test_labels_that_do_not_say_which_is_relevant_are_refused(changed: Callable[..., Path]) -> None:
    folder = changed("tiny-seq-cls-2", "config.json", id2label={"0": "spring", "1": "autumn"}, label2id=None)
    with pytest.raises(UsageError, match="spring"):
        opened(folder)


def test_a_folder_that_is_not_there_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="no checkpoint folder at nowhere"):
        open_cross_encoder("sentence-transformers:nowhere", "nowhere", "cpu", None)


def test_without_the_package_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(MissingDependency, match="pip install sentence-transformers"):
        open_cross_encoder("x", str(model_folder("tiny-causal")), "cpu", None)

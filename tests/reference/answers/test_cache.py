"""Detections are kept by content, bounded in number, and counted."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import CollectorRegistry
from transformers import AutoTokenizer

from fixtures.models import model_folder
from harness.core.errors import UsageError
from harness.reference.answers import DetectionCache, DetectionMetrics, tokenizer_digest
from harness.reference.checkpoint import DeclaredAnswers
from harness.reference.families import family

QWEN3 = family("qwen3-reranker")


@pytest.fixture(scope="module")
def tiny() -> Any:
    return AutoTokenizer.from_pretrained(model_folder("tiny-causal"))


@pytest.fixture(scope="module")
def split() -> Any:
    return AutoTokenizer.from_pretrained(model_folder("tiny-split-answers"))


def declared(number: int) -> DeclaredAnswers:
    return DeclaredAnswers(number, number + 1, "config.json")


def counted(cache: DetectionCache) -> tuple[float, ...]:
    return tuple(cache.metrics.value(name) for name in ("detections", "cache_hits", "fallbacks", "failures"))


def test_the_same_question_is_answered_from_the_cache(tiny: Any) -> None:
    cache = DetectionCache()
    assert cache(tiny, QWEN3) is cache(tiny, QWEN3)
    assert counted(cache) == (1, 1, 0, 0)


def test_a_copy_elsewhere_is_the_same_tokenizer(tiny: Any, tmp_path: Path) -> None:
    copied = shutil.copytree(model_folder("tiny-causal"), tmp_path / "copy")
    cache = DetectionCache()
    cache(tiny, QWEN3)
    cache(AutoTokenizer.from_pretrained(copied), QWEN3)
    assert counted(cache) == (1, 1, 0, 0)


def test_other_ids_are_another_tokenizer(tiny: Any) -> None:
    other = AutoTokenizer.from_pretrained(model_folder("tiny-permuted"))
    assert tokenizer_digest(tiny) != tokenizer_digest(other)


def test_other_special_tokens_are_another_tokenizer(tiny: Any) -> None:
    other = AutoTokenizer.from_pretrained(model_folder("tiny-no-pad"))
    assert tiny.backend_tokenizer.get_vocab() == other.backend_tokenizer.get_vocab()
    assert tokenizer_digest(tiny) != tokenizer_digest(other)


def test_family_and_declaration_belong_to_the_key(tiny: Any) -> None:
    cache = DetectionCache()
    for described, said in ((QWEN3, None), (QWEN3, declared(1)), (family("qwen3-reranker-capitalised"), None)):
        cache(tiny, described, said)
    assert len(cache) == 3


def test_the_least_recently_used_detection_is_dropped(tiny: Any) -> None:
    cache = DetectionCache(size=2)
    for number in (1, 2, 1, 3, 1, 2):
        cache(tiny, QWEN3, declared(number))
    assert len(cache) == 2
    assert counted(cache)[:2] == (4, 2)


def test_a_failure_is_counted_and_not_kept(split: Any) -> None:
    cache = DetectionCache()
    for _ in range(2):
        with pytest.raises(UsageError):
            cache(split, QWEN3)
    assert (len(cache), counted(cache)) == (0, (2, 0, 0, 2))


def test_a_fallback_to_the_declaration_is_counted(split: Any) -> None:
    cache = DetectionCache()
    cache(split, QWEN3, declared(300))
    assert counted(cache) == (1, 0, 1, 0)


def test_threads_share_a_cache(tiny: Any) -> None:
    cache = DetectionCache(size=3)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda number: cache(tiny, QWEN3, declared(number % 5)), range(40)))
    assert len(cache) == 3
    assert sum(counted(cache)) == 40


def test_counters_are_exported_as_prometheus_text(tiny: Any) -> None:
    metrics = DetectionMetrics(registry=CollectorRegistry())
    DetectionCache(metrics=metrics)(tiny, QWEN3)
    assert "answers_detections_total 1.0" in metrics.text()

"""Detections kept by what they depend on, and counted: tokenizer content, family and declaration, never a path."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from prometheus_client import Counter

from harness.core.errors import UsageError
from harness.reference.answers.detect import Detection, detect_answers
from harness.reference.checkpoint import DeclaredAnswers
from harness.reference.families import Family
from harness.reference.metrics import CounterSet

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

Key = tuple[str, Family, DeclaredAnswers | None]


@dataclass(frozen=True)
class DetectionMetrics(CounterSet):
    """What one cache counts."""

    prefix = "answers"
    about: ClassVar[Mapping[str, str]] = {
        "detections": "Answer-token detections carried out",
        "cache_hits": "Detections answered from the cache",
        "fallbacks": "Detections that another method than context decided",
        "failures": "Detections that found no answer tokens",
    }
    detections: Counter = field(init=False)
    cache_hits: Counter = field(init=False)
    fallbacks: Counter = field(init=False)
    failures: Counter = field(init=False)


@dataclass(frozen=True)
class DetectionCache:
    """At most `size` detections, the least recently used one dropped first; safe to share between threads."""

    size: int = 32
    metrics: DetectionMetrics = field(default_factory=DetectionMetrics)
    _kept: OrderedDict[Key, Detection] = field(default_factory=OrderedDict, init=False, repr=False)
    _lock: Any = field(default_factory=threading.Lock, init=False, repr=False)

    def __call__(
        self, tokenizer: PreTrainedTokenizerBase, family: Family, declared: DeclaredAnswers | None = None
    ) -> Detection:
        """`detect_answers` of the same arguments, looked up or carried out; failures are counted and not kept."""
        key = (tokenizer_digest(tokenizer), family, declared)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                self.metrics.cache_hits.inc()
                return self._kept[key]
        detection = self._detect(tokenizer, family, declared)
        with self._lock:
            self._kept[key] = detection
            while len(self._kept) > self.size:
                self._kept.popitem(last=False)
        return detection

    def __len__(self) -> int:
        """Detections kept."""
        return len(self._kept)

    def _detect(
        self, tokenizer: PreTrainedTokenizerBase, family: Family, declared: DeclaredAnswers | None
    ) -> Detection:
        self.metrics.detections.inc()
        try:
            detection = detect_answers(tokenizer, family, declared)
        except UsageError:
            self.metrics.failures.inc()
            raise
        if detection.method != "context":
            self.metrics.fallbacks.inc()
        return detection


def tokenizer_digest(tokenizer: PreTrainedTokenizerBase) -> str:
    """sha256 of a tokenizer's whole content and its special tokens; equal for equal tokenizers wherever they lie."""
    backend = getattr(tokenizer, "backend_tokenizer", None)
    content = backend.to_str() if backend is not None else json.dumps(tokenizer.get_vocab(), sort_keys=True)
    special = json.dumps(tokenizer.special_tokens_map, sort_keys=True, default=str)
    return hashlib.sha256(f"{content}\0{special}".encode()).hexdigest()


#: The cache of this process.
DETECTIONS = DetectionCache()

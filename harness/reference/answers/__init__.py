"""Answer-token detection: which ids a causal reranker is read at, by independent methods that must agree."""

from harness.reference.answers.cache import DETECTIONS, DetectionCache, DetectionMetrics, tokenizer_digest
from harness.reference.answers.detect import Detection, detect_answers
from harness.reference.answers.evidence import Evidence, describe_mismatch, text_of
from harness.reference.answers.lookalikes import lookalikes
from harness.reference.answers.mass import NextToken

__all__ = [
    "DETECTIONS",
    "Detection",
    "DetectionCache",
    "DetectionMetrics",
    "Evidence",
    "NextToken",
    "describe_mismatch",
    "detect_answers",
    "lookalikes",
    "text_of",
    "tokenizer_digest",
]

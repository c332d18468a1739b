"""An independent recipe: the model card's definition in a few lines over plain transformers, one pair at a time.

It shares no stage with the reference (only the family's texts, as data), so that the two can verify each other.
Source: https://github.com/QwenLM/Qwen3-Embedding, README, usage of Qwen3-Reranker with transformers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from harness.core.pairs import Pair
from harness.core.scores import Scores
from harness.reference.checkpoint import Checkpoint, Form
from harness.reference.quiet import quiet_transformers

if TYPE_CHECKING:
    import torch


def recipe_logits(checkpoint: Checkpoint, pairs: Sequence[Pair], answers: Sequence[int], dtype: torch.dtype) -> Scores:
    """Log-odds of each pair, shape (len(pairs),). `answers`: ids of positive and negative answer of a causal model;
    for a classifier the positive and, with two labels, the negative label.
    """
    import torch
    import transformers

    causal = checkpoint.form is Form.CAUSAL
    kind = transformers.AutoModelForCausalLM if causal else transformers.AutoModelForSequenceClassification
    with quiet_transformers():
        tokenizer = transformers.AutoTokenizer.from_pretrained(checkpoint.folder, local_files_only=True)
        model = kind.from_pretrained(checkpoint.folder, local_files_only=True, torch_dtype=dtype).eval()
    scores = []
    for pair in pairs:
        inputs = _inputs(checkpoint, tokenizer, pair)
        with torch.no_grad():
            logits = model(**inputs).logits[0]
        row = logits[-1] if causal else logits
        scores.append(_log_odds(row.double(), answers))
    return np.array(scores)


def _inputs(checkpoint: Checkpoint, tokenizer: Any, pair: Pair) -> dict[str, torch.Tensor]:
    import torch

    template, limit = checkpoint.family.template, checkpoint.max_length
    if template is None:
        inputs = tokenizer(pair.query, pair.document, truncation=True, max_length=limit, return_tensors="pt")
        return dict(inputs)
    instruction = template.instruction if pair.instruction is None else pair.instruction
    texts = {"instruction": instruction, "query": pair.query, "document": pair.document}
    parts = (template.prefix, template.body.format(**texts), template.suffix.format(**texts))
    prefix, body, suffix = (tokenizer.encode(part, add_special_tokens=False) for part in parts)
    ids = torch.tensor([prefix + body[: limit - len(prefix) - len(suffix)] + suffix])
    return {"input_ids": ids, "attention_mask": torch.ones_like(ids)}


def _log_odds(row: torch.Tensor, answers: Sequence[int]) -> float:
    import torch

    if len(answers) == 1:
        return float(row[answers[0]])
    yes, no = torch.log_softmax(torch.stack([row[answers[0]], row[answers[1]]]), dim=0)
    return float(yes - no)

"""Detection of the answer tokens by independent methods."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from harness.checks.context import Context
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, holds
from harness.core.vocabulary import Area, Phase, Severity, Stage
from harness.reference.answers import Detection, detect_answers, text_of

if TYPE_CHECKING:
    from harness.reference.pipeline import Reranker


@check(
    "token-ids.detected",
    "Independent methods find the same answer tokens",
    area=Area.TOKEN_IDS,
    stage=Stage.HEAD,
    phase=Phase.TOKENS,
    severity=Severity.CRITICAL,
    needs=(Need.CAUSAL, Need.REFERENCE),
    beside="looks at the model's files: a declaration that contradicts its vocabulary misleads every server",
)
def detected(context: Context) -> Outcome:
    """The checkpoint's declaration, the vocabulary, the encoding behind the real prompt, the look-alikes and the
    probability mass of the weights all name the same answer ids.
    """
    assert context.reference is not None
    found, tokenizer = detect(context.reference), context.reference.parts.encoder.tokenizer
    ids = [i for i in (found.positive, found.negative) if i is not None]
    shown = " and ".join(f"{text_of(tokenizer, i)} {i}" for i in ids)
    return holds(
        not found.disagreements,
        "; ".join(found.disagreements) or f"{len(found.evidence)} methods agree on {shown}",
        evidence="; ".join(f"{e.method}: {e.detail}" for e in found.evidence),
        remedy="correct the ids that the checkpoint declares, or take the tokenizer and the weights from one revision",
    )


def detect(reference: Reranker) -> Detection:
    """Detection with every method, that of the weights included."""
    parts = reference.parts
    return detect_answers(
        parts.encoder.tokenizer, parts.checkpoint.family, parts.checkpoint.declared_answers, next_token_of(parts.module)
    )


def next_token_of(module: Any) -> Any:
    """A function from prompt ids to the log-probabilities (V,) of the next token."""
    import torch

    def next_token(ids: Sequence[int]) -> NDArray[np.float64]:
        with torch.inference_mode():
            states = module.base_model(input_ids=torch.tensor([ids], device=module.device)).last_hidden_state
            logits = module.get_output_embeddings()(states[:, -1])[0]
        log_p: NDArray[np.float64] = logits.double().log_softmax(-1).cpu().numpy()
        return log_p

    return next_token

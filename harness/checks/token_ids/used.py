"""The rows that are really read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harness.checks.context import Context
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, at_most
from harness.core.vocabulary import Area, Phase, Severity, Stage
from harness.reference.answers import describe_mismatch

if TYPE_CHECKING:
    from torch import Tensor

    from harness.reference.pipeline import Reranker

PAIRS = 8
#: Two float32 products of one row differ by rounding: measured 2e-6 at width 128; another row differs by tenths.
LIMIT = 1e-3


@check(
    "token-ids.used",
    "The answers' own rows are read",
    area=Area.TOKEN_IDS,
    stage=Stage.HEAD,
    phase=Phase.TOKENS,
    severity=Severity.CRITICAL,
    needs=(Need.PIPELINE, Need.CAUSAL, Need.REFERENCE),
    beside="names the tokens whose rows are read, where values only say that something is off",
)
def used(context: Context) -> Outcome:
    """The head of the running pipeline gives the logits of the detected answer ids, in their order, from the model's
    output head; where it does not, the ids whose rows it reads are searched for and named.
    """
    import torch

    pipeline = context.target.reranker
    assert pipeline is not None
    assert context.reference is not None
    expected = context.reference.parts.answer_ids
    with torch.inference_mode():
        states = pipeline.stages.forward(pipeline.stages.batch([pipeline.encoding(p) for p in context.probes[:PAIRS]]))
        found = pipeline.stages.head(states).float()
        every = _all_logits(pipeline, states)
    deviation = float((found - every[:, list(expected)]).abs().max()) if _same_width(found, expected) else float("inf")
    return at_most(
        deviation,
        LIMIT,
        "logit",
        _message(context.reference, found, every, expected) if deviation > LIMIT else f"ids {list(expected)} are read",
        remedy="look the ids up in the tokenizer and check them by decoding; take the rows from lm_head, and keep the "
        "order positive, negative",
    )


def _all_logits(pipeline: Reranker, states: Tensor) -> Tensor:
    """Logits of the whole vocabulary, (pairs, V), in float32 as the head computes them."""
    from torch.nn.functional import linear

    module: Any = pipeline.parts.module
    head = module.get_output_embeddings()
    bias = getattr(head, "bias", None)
    return linear(states.float(), head.weight.float(), None if bias is None else bias.float())


def _same_width(found: Tensor, expected: tuple[int, ...]) -> bool:
    return found.shape[-1] == len(expected)


def _message(reference: Reranker, found: Tensor, every: Tensor, expected: tuple[int, ...]) -> str:
    """The ids whose rows give the logits that were found, decoded; or that no row does."""
    distance = (every[:, :, None] - found[:, None, :]).abs().amax(0)
    nearest, ids = distance.min(0)
    if bool((nearest > LIMIT).any()):
        return f"no rows of the output head give these logits (nearest {float(nearest.max()):.2g} logit away)"
    return describe_mismatch(reference.parts.encoder.tokenizer, [int(i) for i in ids], list(expected))

"""Do the files of the checkpoint fit together?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from harness.checks.context import Context
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, at_most, holds, warns
from harness.core.vocabulary import Area, Phase, Stage

if TYPE_CHECKING:
    from harness.reference.pipeline import Reranker


@check(
    "compatibility.configuration",
    "Configuration, tokenizer and weights fit together",
    area=Area.COMPATIBILITY,
    stage=Stage.ENCODE,
    phase=Phase.CONFIGURATION,
    needs=(Need.REFERENCE,),
    beside="looks at the files: target and reference would share what does not fit there",
)
def configuration(context: Context) -> list[Outcome]:
    """Every token id has a row in the embedding, the padding token is one of them, the head is tied where the
    configuration says so, and the tokenizer pads on the family's side.
    """
    assert context.reference is not None
    reference = context.reference
    outcomes = [_rows(reference), _padding_token(reference), _padding_side(reference)]
    if reference.parts.answer_ids:
        outcomes.append(_tie(reference))
    return outcomes


def _rows(reference: Reranker) -> Outcome:
    tokenizer, model = reference.parts.encoder.tokenizer, _model(reference)
    rows, highest = model.get_input_embeddings().weight.shape[0], max(tokenizer.get_vocab().values())
    return at_most(
        highest,
        rows - 1,
        "id",
        f"the highest token id is {highest}, the embedding has {rows} rows",
        remedy="tokenizer and weights are of different models: take both from one revision",
        subject="vocabulary",
    )


def _padding_token(reference: Reranker) -> Outcome:
    tokenizer = reference.parts.encoder.tokenizer
    declared = reference.parts.checkpoint.config.get("pad_token_id")
    message = f"the tokenizer pads with {tokenizer.pad_token!r} ({tokenizer.pad_token_id}), config.json says {declared}"
    if declared in (None, tokenizer.pad_token_id):
        return holds(True, message, subject="padding token")
    remedy = "a decoder classifier looks for the last token that is not config.json's: make the two agree"
    return holds(False, message, remedy=remedy, subject="padding token")


def _padding_side(reference: Reranker) -> Outcome:
    side, expected = reference.parts.encoder.tokenizer.padding_side, reference.parts.checkpoint.family.padding_side
    message = f"the tokenizer pads on the {side}, the family on the {expected}"
    if side == expected:
        return holds(True, message, subject="padding side")
    remedy = "the reference pads as the family does; a server that follows tokenizer_config.json may read padding"
    return warns(message, remedy=remedy, subject="padding side")


def _tie(reference: Reranker) -> Outcome:
    model, config = _model(reference), reference.parts.checkpoint.config
    tied = model.get_output_embeddings().weight is model.get_input_embeddings().weight
    declared = bool(config.get("tie_word_embeddings", False))
    return holds(
        tied == declared,
        f"the output head is {'tied to' if tied else 'apart from'} the embeddings, as declared: {declared}",
        remedy="tie_word_embeddings and the weights contradict each other: a server may read answers from wrong rows",
        subject="head",
    )


def _model(reference: Reranker) -> Any:
    return reference.parts.module

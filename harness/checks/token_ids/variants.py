"""Detection over the embedded variants: the harness's own proof."""

from __future__ import annotations

from fixtures.models import model_folder
from harness.checks.context import Context
from harness.checks.registry import Need, check
from harness.core.errors import UsageError
from harness.core.findings import Outcome, holds
from harness.core.vocabulary import Area, Phase, Stage
from harness.reference.answers import detect_answers
from harness.reference.checkpoint import open_checkpoint

DETECTED = ("tiny-causal", "tiny-permuted", "tiny-capitalised", "tiny-untied", "tiny-bos")
REFUSED = ("tiny-split-answers", "tiny-no-pad")
#: Ids of the real vocabulary, as every serving project that reads Qwen3-Reranker rightly uses them.
QWEN3 = (9693, 2152)


@check(
    "token-ids.variants",
    "Answer tokens are found in every variant",
    area=Area.TOKEN_IDS,
    stage=Stage.HEAD,
    phase=Phase.TOKENS,
    needs=(Need.REFERENCE,),
    beside="proves the detection itself on embedded variants: there is nothing of the target in it",
)
def variants(context: Context) -> list[Outcome]:
    """In the embedded variants (permuted vocabulary, capitalised answers, untied head, BOS and EOS, and beyond the
    smoke profile the real Qwen3 vocabulary) the ids found decode to the answers; variants that cannot be scored are
    refused.
    """
    outcomes = [_found(name) for name in DETECTED] + [_refused(name) for name in REFUSED]
    return outcomes if context.profile.name == "smoke" else [*outcomes, _found("qwen3-vocab", QWEN3)]


def _found(name: str, expected: tuple[int, int] | None = None) -> Outcome:
    from harness.reference.loading import load_tokenizer

    checkpoint = open_checkpoint(model_folder(name), name=name)
    tokenizer, answers = load_tokenizer(checkpoint), checkpoint.family.answers
    assert answers is not None
    found = detect_answers(tokenizer, checkpoint.family, checkpoint.declared_answers)
    ids = [i for i in (found.positive, found.negative) if i is not None]
    texts = [tokenizer.decode([i]) for i in ids]
    right = texts == [answers.positive, answers.negative] and (expected is None or ids == list(expected))
    return holds(right and not found.disagreements, f"{name}: {texts} are {ids}", subject=name)


def _refused(name: str) -> Outcome:
    from harness.reference.loading import load_tokenizer

    try:
        checkpoint = open_checkpoint(model_folder(name), name=name)
        detect_answers(load_tokenizer(checkpoint), checkpoint.family, checkpoint.declared_answers)
    except UsageError as error:
        return holds(True, f"{name} is refused: {error}"[:200], subject=name)
    return holds(False, f"{name} is accepted, although it cannot be scored", subject=name)

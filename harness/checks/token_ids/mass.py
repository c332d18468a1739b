"""Where the model puts its probability."""

from __future__ import annotations

import numpy as np

from harness.checks.context import Context
from harness.checks.registry import Need, check
from harness.checks.token_ids.detected import next_token_of
from harness.core.events import SeriesRecorded
from harness.core.findings import Outcome, at_least
from harness.core.vocabulary import Area, Phase, Stage
from harness.reference.answers import lookalikes, text_of

#: Below one half, the model would answer something else than the two answers more often than not.
LEAST = 0.5
PAIRS = 8


@check(
    "token-ids.mass",
    "The answers carry the probability",
    area=Area.TOKEN_IDS,
    stage=Stage.HEAD,
    phase=Phase.TOKENS,
    needs=(Need.CAUSAL, Need.REFERENCE),
    beside="looks at the model: answers that it was not trained to give make scores meaningless and reproducible",
)
def mass(context: Context) -> Outcome:
    """At the answer position the two answers together are more probable than everything else: the model was trained to
    answer with these tokens and not with look-alikes.
    """
    assert context.reference is not None
    parts = context.reference.parts
    next_token = next_token_of(parts.module)
    prompts = [context.reference.encoding(pair).ids for pair in context.probes[:PAIRS]]
    mean = np.mean([np.exp(next_token(ids)) for ids in prompts], axis=0)
    tokenizer, answers = parts.encoder.tokenizer, parts.checkpoint.family.answers
    assert answers is not None
    words = [word for word in (answers.positive, answers.negative) if word is not None]
    candidates = [
        candidate
        for word, token in zip(words, parts.answer_ids, strict=True)
        for candidate in (token, *lookalikes(tokenizer, word, token))
    ]
    ranked = sorted(dict.fromkeys(candidates), key=lambda i: -mean[i])[:8]
    names = tuple(f"{text_of(tokenizer, i)} {i}" for i in ranked)
    shown = tuple(float(mean[i]) for i in ranked)
    context.emit(
        SeriesRecorded(
            "answer-mass", "Probability at the answer position", "bars", "P", shown, names, area=Area.TOKEN_IDS
        )
    )
    own = float(sum(mean[i] for i in parts.answer_ids))
    return at_least(
        own,
        LEAST,
        "P",
        f"the answers carry {own:.1%} of the probability at the answer position",
        evidence=", ".join(f"{name}: {value:.2e}" for name, value in zip(names, shown, strict=True)),
        remedy="these are not the tokens that the model answers with, or the prompt is another than in training",
    )

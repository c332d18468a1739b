"""Method `mass`: where the weights are there, the tokens that carry the probability where the answer is expected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from harness.core.pairs import Pair
from harness.reference.answers.evidence import Evidence, text_of, words
from harness.reference.answers.lookalikes import lookalikes
from harness.reference.assemble import assemble_with
from harness.reference.encode import Encoder
from harness.reference.families import Answers, Family

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

METHOD = "mass"

#: Log-probabilities (V,) of the token that follows the prompt with these ids.
NextToken = Callable[[Sequence[int]], NDArray[np.floating]]
Probabilities = NDArray[np.float64]

_QUERY = "What is the capital of China?"
KNOWN_PAIRS = (
    Pair(_QUERY, "The capital of China is Beijing."),
    Pair(_QUERY, "Gravity is a force that attracts two bodies towards each other."),
    Pair(_QUERY, "The capital of Korea is Seoul."),
)


def by_mass(
    tokenizer: PreTrainedTokenizerBase, family: Family, answers: Answers, detected: Evidence, next_token: NextToken
) -> Evidence:
    """The detected ids if together they outweigh every look-alike, else the heaviest candidate of each answer.

    The mass of a token is its mean probability over `KNOWN_PAIRS`.
    """
    mean = _mean_probabilities(tokenizer, family, next_token)
    pairs = list(zip(words(answers), detected.ids, strict=True))
    candidates = [[token, *lookalikes(tokenizer, word, token)] for word, token in pairs]
    heaviest = [max(group, key=lambda token: float(mean[token])) for group in candidates]
    own = float(sum(mean[i] for i in detected.ids))
    agrees = own > max((float(mean[i]) for group in candidates for i in group[1:]), default=0.0)
    shown = sorted({i for group in candidates for i in group}, key=lambda token: -float(mean[token]))
    listed = ", ".join(f"{text_of(tokenizer, i)} {i}: {mean[i]:.3g}" for i in shown)
    detail = f"the answers carry {own:.3g} of the probability ({listed})"
    return Evidence.of(METHOD, detected.ids if agrees else heaviest, detail)


def _mean_probabilities(tokenizer: PreTrainedTokenizerBase, family: Family, next_token: NextToken) -> Probabilities:
    encoder = Encoder(tokenizer, family.max_length)
    prompts = [encoder(assemble_with(family.template, pair)).ids for pair in KNOWN_PAIRS]
    rows = [np.exp(np.asarray(next_token(ids), dtype=np.float64)) for ids in prompts]
    return np.asarray(np.mean(rows, axis=0))

"""All methods together: who wins, how dissent is told, and what is refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer, models
from transformers import AutoModelForCausalLM, AutoTokenizer, PreTrainedTokenizerFast

from fixtures.models import model_folder
from harness.core.errors import UsageError
from harness.reference.answers import NextToken, detect_answers
from harness.reference.checkpoint import DeclaredAnswers, open_checkpoint
from harness.reference.families import Answers, Template, family

QWEN3 = family("qwen3-reranker")
CAUSAL_VARIANTS = ("tiny-causal", "tiny-permuted", "tiny-capitalised", "tiny-untied", "tiny-bos", "qwen3-vocab")


@cache
def tokenizer_of(name: str) -> Any:
    return AutoTokenizer.from_pretrained(model_folder(name))


@cache
def next_token_of(name: str) -> NextToken:
    model = AutoModelForCausalLM.from_pretrained(model_folder(name)).eval()

    def next_token(ids: Sequence[int]) -> Any:
        with torch.inference_mode():
            return model(torch.tensor([list(ids)])).logits[0, -1].double().log_softmax(-1).numpy()

    return next_token


@pytest.mark.parametrize("name", CAUSAL_VARIANTS)
def test_all_methods_agree_on_every_healthy_variant(name: str) -> None:
    checkpoint = open_checkpoint(model_folder(name))
    found = detect_answers(tokenizer_of(name), checkpoint.family, checkpoint.declared_answers)
    assert found.disagreements == ()
    assert {e.method for e in found.evidence if e.ids} == {"context", "declaration", "vocabulary"}


@pytest.mark.parametrize("name", CAUSAL_VARIANTS)
def test_the_ids_found_decode_to_the_answers_of_the_family(name: str) -> None:
    tokenizer, described = tokenizer_of(name), open_checkpoint(model_folder(name)).family
    found = detect_answers(tokenizer, described)
    assert described.answers == Answers(tokenizer.decode([found.positive]), tokenizer.decode([found.negative]))


def test_a_wrong_declaration_loses_and_is_decoded() -> None:
    found = detect_answers(tokenizer_of("qwen3-vocab"), QWEN3, DeclaredAnswers(9454, 2901, "config.json"))
    assert (found.positive, found.negative, found.method) == (9693, 2152, "context")
    assert found.disagreements == (
        "declaration says 'Yes' 9454 and 'irtual' 2901, expected 'yes' 9693 and 'no' 2152",
    )  # fmt: skip


def test_a_declaration_without_the_negative_answer_is_dissent() -> None:
    found = detect_answers(tokenizer_of("qwen3-vocab"), QWEN3, DeclaredAnswers(9693, None, "config.json"))
    assert found.disagreements == ("declaration says 'yes' 9693, expected 'yes' 9693 and 'no' 2152",)


def test_a_declaration_outside_the_vocabulary_is_dissent() -> None:
    found = detect_answers(tokenizer_of("qwen3-vocab"), QWEN3, DeclaredAnswers(9693, 400_000, "config.json"))
    assert "and no token 400000, expected" in found.disagreements[0]


def test_the_declaration_decides_where_answers_are_no_single_tokens() -> None:
    found = detect_answers(tokenizer_of("tiny-split-answers"), QWEN3, DeclaredAnswers(300, 301, "config.json"))
    assert (found.positive, found.negative, found.method) == (300, 301, "declaration")


@pytest.mark.parametrize("ids", [(300, 300), (300, 10**6), (300, None)])
def test_an_unusable_declaration_does_not_help(ids: tuple[int, int | None]) -> None:
    with pytest.raises(UsageError, match="no token ids"):
        detect_answers(tokenizer_of("tiny-split-answers"), QWEN3, DeclaredAnswers(*ids, "config.json"))


def test_where_nothing_is_found_one_line_tells_what_was_tried() -> None:
    with pytest.raises(UsageError) as refusal:
        detect_answers(tokenizer_of("tiny-split-answers"), QWEN3)
    message = str(refusal.value)
    assert all(method in message for method in ("context: 'yes' becomes", "declaration: ", "vocabulary: 'yes'"))
    assert "\n" not in message


def test_a_family_without_answers_is_refused() -> None:
    with pytest.raises(UsageError, match="no answer tokens"):
        detect_answers(tokenizer_of("qwen3-vocab"), family("cross-encoder"))


def test_the_trained_weights_put_their_mass_on_the_answers() -> None:
    found = detect_answers(tokenizer_of("tiny-causal"), QWEN3, next_token=next_token_of("tiny-causal"))
    mass = next(e for e in found.evidence if e.method == "mass")
    assert mass.ids == (found.positive, found.negative)
    assert float(mass.detail.split()[3]) > 0.9


def test_mass_dissents_where_the_weights_answer_in_capitals() -> None:
    tokenizer = tokenizer_of("tiny-causal")
    lower, upper = (tokenizer.convert_tokens_to_ids(list(words)) for words in (("yes", "no"), ("Yes", "No")))

    def capitalised(ids: Sequence[int]) -> Any:
        log_p = np.array(next_token_of("tiny-causal")(ids))
        log_p[lower + upper] = log_p[upper + lower]
        return log_p

    found = detect_answers(tokenizer, QWEN3, next_token=capitalised)
    assert (found.positive, found.negative) == tuple(lower)
    assert found.disagreements[0].startswith(f"mass says 'Yes' {upper[0]} and 'No' {upper[1]}, expected 'yes'")


ENTRIES = ("\n", "y", "e", "s", "n", "o", "ye", "yes", "no", "Y", "Yes")
SMALL = replace(QWEN3, template=Template("", "{query}{document}", "\n", ""))


@given(st.permutations(range(len(ENTRIES))))
@settings(max_examples=30)
def test_permuted_ids_give_permuted_answers(ids: list[int]) -> None:
    vocabulary = dict(zip(ENTRIES, ids, strict=True))
    merges = [("y", "e"), ("ye", "s"), ("n", "o")]
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=Tokenizer(models.BPE(vocabulary, merges)))
    found = detect_answers(tokenizer, SMALL)
    assert (found.positive, found.negative) == (vocabulary["yes"], vocabulary["no"])

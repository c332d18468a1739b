"""Each method of answer-token detection by itself, on the real vocabulary and on small ones made for the purpose."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import AutoTokenizer, PreTrainedTokenizerFast

from fixtures.models import model_folder
from harness.reference.answers.context import by_context
from harness.reference.answers.declaration import by_declaration
from harness.reference.answers.evidence import Evidence, describe_mismatch
from harness.reference.answers.lookalikes import by_lookalikes, lookalikes
from harness.reference.answers.vocabulary import by_vocabulary, forms
from harness.reference.checkpoint import DeclaredAnswers
from harness.reference.families import Answers, Family, Template, family

QWEN3 = family("qwen3-reranker")
YES_NO = Answers("yes", "no")
PLAIN = replace(QWEN3, template=Template("", "{query} {document}", "\n", ""))


@pytest.fixture(scope="module")
def qwen() -> Any:
    return AutoTokenizer.from_pretrained(model_folder("qwen3-vocab"))


def words_only(*entries: str) -> PreTrainedTokenizerFast:
    """A vocabulary of whole words and nothing else."""
    vocabulary = {entry: index for index, entry in enumerate(("<unk>", *entries))}
    backend = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    backend.pre_tokenizer = pre_tokenizers.Split("\n", "isolated")
    return PreTrainedTokenizerFast(tokenizer_object=backend, unk_token="<unk>")


def sentencepiece_like(*pieces: str) -> PreTrainedTokenizerFast:
    """A unigram vocabulary that spells a leading space as SentencePiece does."""
    backend = Tokenizer(models.Unigram([(piece, -1.0) for piece in ("<unk>", "\n", *pieces)], unk_id=0))
    backend.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="never")
    backend.decoder = decoders.Metaspace(prepend_scheme="never")
    return PreTrainedTokenizerFast(tokenizer_object=backend, unk_token="<unk>")


def with_answers(positive: str, negative: str | None) -> Family:
    return replace(PLAIN, answers=Answers(positive, negative))


def test_context_reads_the_answers_behind_the_real_suffix(qwen: Any) -> None:
    assert by_context(qwen, QWEN3).ids == (9693, 2152)


def test_context_finds_the_digits_that_mxbai_answers_with(qwen: Any) -> None:
    assert by_context(qwen, family("mxbai-rerank-v2")).ids == (16, 15)


def test_a_family_with_one_answer_has_no_negative_id(qwen: Any) -> None:
    assert by_context(qwen, family("bge-reranker-v2-gemma")) == Evidence(
        "context", 9454, None, "behind the suffix the answers become 'Yes' 9454"
    )


def test_context_refuses_an_answer_of_several_tokens(qwen: Any) -> None:
    found = by_context(qwen, with_answers("certainly not", "no"))
    assert found.positive is None
    assert found.detail == "'certainly not' becomes 4 tokens ('c', 'ertain', 'ly', ' not')"


def test_context_refuses_the_unknown_token() -> None:
    found = by_context(words_only("\n", "yes"), with_answers("yes", "no"))
    assert (found.positive, found.detail) == (None, "'no' becomes the unknown token 0")


def test_context_refuses_two_answers_with_one_id() -> None:
    found = by_context(words_only("\n", "yes"), with_answers("yes", "yes"))
    assert (found.positive, found.detail) == (None, "both answers become token 2")


def test_context_refuses_an_answer_that_merges_with_the_prompt() -> None:
    backend = Tokenizer(models.BPE({"\n": 0, "a": 1, "\na": 2, "b": 3}, [("\n", "a")]))
    found = by_context(PreTrainedTokenizerFast(tokenizer_object=backend), with_answers("a", "b"))
    assert (found.positive, found.detail) == (None, "'a' merges with the end of the prompt")


def test_context_refuses_an_answer_that_does_not_come_back() -> None:
    tokenizer = words_only("\n", "yes", "no")
    tokenizer.backend_tokenizer.decoder = decoders.Strip("y", 1, 0)
    assert by_context(tokenizer, with_answers("yes", "no")).detail == "'yes' comes back as 'es'"


def test_vocabulary_lists_every_byte_level_form(qwen: Any) -> None:
    found = by_vocabulary(qwen, YES_NO)
    assert found == Evidence("vocabulary", 9693, 2152, "'yes': yes 9693, Ġyes 9834; 'no': no 2152, Ġno 902")


def test_vocabulary_spells_other_scripts_as_bytes(qwen: Any) -> None:
    assert [qwen.decode([token]) for token in forms(qwen, "是").values()] == ["是", " 是"]


def test_vocabulary_knows_the_sentencepiece_form() -> None:
    assert forms(sentencepiece_like("▁yes", "yes", "no"), "yes") == {"yes": 3, "▁yes": 2}


def test_vocabulary_does_not_take_the_spaced_form_for_the_answer() -> None:
    found = by_vocabulary(sentencepiece_like("▁yes", "no"), YES_NO)
    assert (found.ids, found.detail) == ((), "'yes': ▁yes 2; 'no': no 3")


def test_vocabulary_never_answers_with_the_unknown_token() -> None:
    assert forms(words_only("yes"), "no") == {}


def test_declaration_says_what_the_checkpoint_says_even_if_wrong(qwen: Any) -> None:
    found = by_declaration(qwen, DeclaredAnswers(9454, 2901, "config.json"))
    assert (found.ids, found.detail) == ((9454, 2901), "config.json declares 'Yes' 9454 and 'irtual' 2901")


def test_no_declaration_is_no_evidence(qwen: Any) -> None:
    assert by_declaration(qwen, None).ids == ()


def test_lookalikes_are_the_answers_in_other_case_and_with_a_space(qwen: Any) -> None:
    assert {qwen.decode([token]) for token in lookalikes(qwen, "no", 2152)} == {" no", "No", " No", "NO", " NO"}


def test_a_lookalike_among_the_found_ids_is_named(qwen: Any) -> None:
    winner, wrong = Evidence("context", 9693, 2152, ""), Evidence("declaration", 9454, 2901, "")
    detail = by_lookalikes(qwen, YES_NO, winner, [winner, wrong]).detail
    assert detail.startswith("'Yes' 9454 (declaration) is a look-alike of 'yes'; look-alikes: ' yes' 9834, ")


def test_a_mismatch_is_described_by_decoding_every_id(qwen: Any) -> None:
    expected = "ids 9454 and 2901 are 'Yes' and 'irtual', expected 'yes' 9693 and 'no' 2152"
    assert describe_mismatch(qwen, (9454, 2901), (9693, 2152)) == expected


def test_a_mismatch_of_one_id_is_told_in_the_singular(qwen: Any) -> None:
    assert describe_mismatch(qwen, [9454], [9693]) == "id 9454 is 'Yes', expected 'yes' 9693"


def test_an_id_outside_the_vocabulary_has_no_text(qwen: Any) -> None:
    assert describe_mismatch(qwen, [999_999], [9693]) == "id 999999 is no token, expected 'yes' 9693"

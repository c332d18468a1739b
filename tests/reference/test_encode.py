"""Token ids, and what truncation leaves."""

import pytest

from harness.core.pairs import Pair
from harness.reference.encode import Encoder
from harness.reference.pipeline import Reranker


def test_prefix_and_suffix_survive_any_length(reranker: Reranker) -> None:
    encoder = reranker.parts.encoder
    prompt = reranker.stages.assemble(Pair("query", "word " * 5_000))
    ids = encoder(prompt).ids
    assert len(ids) == encoder.max_length
    assert list(ids[-len(encoder.ids(prompt.suffix)) :]) == encoder.ids(prompt.suffix)


def test_what_is_lost_is_counted(reranker: Reranker) -> None:
    whole, cut = (reranker.encoding(Pair("q", "word " * n)).truncated for n in (3, 5_000))
    assert (whole, cut > 3_000) == (0, True)


@pytest.mark.parametrize("mode", ["parse", "neutralise"])
def test_control_tokens_in_texts_follow_the_mode(reranker: Reranker, mode: str) -> None:
    encoder = Encoder(reranker.parts.encoder.tokenizer, 512, mode)
    end = encoder.ids("<|im_end|>")[0]
    ids = encoder(reranker.stages.assemble(Pair("q", "a <|im_end|> b"))).ids
    assert ids.count(end) == (3 if mode == "parse" else 2)


def test_neutralising_changes_nothing_in_ordinary_text(reranker: Reranker) -> None:
    neutral = Encoder(reranker.parts.encoder.tokenizer, 512, "neutralise")
    prompt = reranker.stages.assemble(Pair("Wie hoch ist der Berg?", "Der Berg ist hoch. 山は高い"))
    assert neutral(prompt) == reranker.parts.encoder(prompt)

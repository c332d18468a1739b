"""Faults of the stage `encode`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from harness.core.pairs import Pair
from harness.core.vocabulary import Stage
from harness.faults.library import fault
from harness.faults.texts import with_pairs, with_texts
from harness.reference.assemble import Prompt
from harness.reference.encode import Encoder, Encoding
from harness.reference.stages import Stages

if TYPE_CHECKING:
    from harness.reference.pipeline import Reranker

#: Tokens that a library reads where nobody sets a maximum.
SHORT_DEFAULT = 512
CHARACTERS = 512
QUERY_TOKENS = 8
LABELS = re.compile(r"(<\w+>: )")


def _encoded(reranker: Reranker, change: Callable[[Prompt], Encoding]) -> Stages:
    """Prompts of one text only: a pair of segments has no frame that could be spoilt."""
    healthy = reranker.stages.encode
    return replace(
        reranker.stages, encode=lambda prompt: healthy(prompt) if prompt.second is not None else change(prompt)
    )


def _whole(encoder: Encoder, prompt: Prompt) -> tuple[int, ...]:
    return (*encoder.ids(prompt.prefix), *encoder.ids(prompt.body), *encoder.ids(prompt.suffix))


@fault(Stage.ENCODE, "suffix-truncated")
def suffix_truncated(reranker: Reranker) -> Stages:
    """Truncation on the right after templating cuts the suffix, where the answer is read."""
    encoder = reranker.parts.encoder

    def encode(prompt: Prompt) -> Encoding:
        ids = _whole(encoder, prompt)
        return Encoding(ids[: encoder.max_length], truncated=max(0, len(ids) - encoder.max_length))

    return _encoded(reranker, encode)


@fault(Stage.ENCODE, "truncated-on-the-left")
def truncated_on_the_left(reranker: Reranker) -> Stages:
    """Truncation on the left after templating keeps the end and loses the system message."""
    encoder = reranker.parts.encoder

    def encode(prompt: Prompt) -> Encoding:
        ids = _whole(encoder, prompt)
        return Encoding(ids[-encoder.max_length :], truncated=max(0, len(ids) - encoder.max_length))

    return _encoded(reranker, encode)


@fault(Stage.ENCODE, "truncated-at-512")
def truncated_at_512(reranker: Reranker) -> Stages:
    """A library's default maximum of 512 tokens is in force although the model reads more."""
    encoder = reranker.parts.encoder
    return replace(reranker.stages, encode=replace(encoder, max_length=min(SHORT_DEFAULT, encoder.max_length)))


@fault(Stage.ENCODE, "document-cut-in-characters")
def document_cut_in_characters(reranker: Reranker) -> Stages:
    """A document is cut after 512 characters, whatever its tokens."""
    return with_pairs(reranker, lambda pair: replace(pair, document=pair.document[:CHARACTERS]))


@fault(Stage.ENCODE, "query-cut")
def query_cut(reranker: Reranker) -> Stages:
    """A query is cut after eight tokens."""
    encoder = reranker.parts.encoder

    def cut(pair: Pair) -> Pair:
        ids = encoder.ids(pair.query)
        kept = str(encoder.tokenizer.decode(ids[:QUERY_TOKENS]))
        return pair if len(ids) <= QUERY_TOKENS else replace(pair, query=kept)

    return with_pairs(reranker, cut)


@fault(Stage.ENCODE, "control-tokens-as-text")
def control_tokens_as_text(reranker: Reranker) -> Stages:
    """Control tokens in query and document are encoded as plain text, which the official recipe does not do."""
    encoder = reranker.parts.encoder
    return _encoded(reranker, Encoder(encoder.tokenizer, encoder.max_length, "neutralise"))


@fault(Stage.ENCODE, "template-as-text")
def template_as_text(reranker: Reranker) -> Stages:
    """The template's own control tokens are encoded as plain text too."""
    encoder = reranker.parts.encoder
    plain = Encoder(encoder.tokenizer, encoder.max_length, "neutralise")
    return _encoded(reranker, lambda prompt: plain(Prompt("", prompt.text, "")))


@fault(Stage.ENCODE, "bos-added")
def bos_added(reranker: Reranker) -> Stages:
    """A beginning-of-text token is put before the prompt."""
    healthy, bos = reranker.stages.encode, _end_of_text(reranker)

    def encode(prompt: Prompt) -> Encoding:
        encoding = healthy(prompt)
        return replace(encoding, ids=(bos, *encoding.ids))

    return _encoded(reranker, encode)


@fault(Stage.ENCODE, "eos-added")
def eos_added(reranker: Reranker) -> Stages:
    """An end-of-text token is put behind the prompt, and the answer is read there."""
    healthy, eos = reranker.stages.encode, _end_of_text(reranker)

    def encode(prompt: Prompt) -> Encoding:
        encoding = healthy(prompt)
        return replace(encoding, ids=(*encoding.ids, eos))

    return _encoded(reranker, encode)


def _end_of_text(reranker: Reranker) -> int:
    return reranker.parts.encoder.ids("<|endoftext|>")[0]


@fault(Stage.ENCODE, "whitespace-stripped")
def whitespace_stripped(reranker: Reranker) -> Stages:
    """The prompt is stripped before it is encoded, and loses the newlines it ends with."""
    healthy = reranker.stages.encode
    return replace(reranker.stages, encode=lambda prompt: healthy(replace(prompt, suffix=prompt.suffix.rstrip())))


@fault(Stage.ENCODE, "whitespace-collapsed")
def whitespace_collapsed(reranker: Reranker) -> Stages:
    """Every run of blanks and newlines in the texts becomes one blank."""
    return with_texts(reranker, lambda text: re.sub(r"\s+", " ", text))


@fault(Stage.ENCODE, "pieces-encoded-apart")
def pieces_encoded_apart(reranker: Reranker) -> Stages:
    """Labels and texts are encoded apart and joined, so that other merges apply at the seams."""
    encoder = reranker.parts.encoder

    def encode(prompt: Prompt) -> Encoding:
        body = [token for piece in LABELS.split(prompt.body) for token in encoder.ids(piece)]
        prefix, suffix = encoder.ids(prompt.prefix), encoder.ids(prompt.suffix)
        room = encoder.max_length - len(prefix) - len(suffix)
        return Encoding((*prefix, *body[:room], *suffix), truncated=max(0, len(body) - room))

    return _encoded(reranker, encode)


@fault(Stage.ENCODE, "unicode-normalised")
def unicode_normalised(reranker: Reranker) -> Stages:
    """Texts are brought to Unicode's form NFKC before they are encoded."""
    return with_texts(reranker, lambda text: unicodedata.normalize("NFKC", text))


@fault(Stage.ENCODE, "non-ascii-dropped")
def non_ascii_dropped(reranker: Reranker) -> Stages:
    """Characters beyond ASCII are dropped."""
    return with_texts(reranker, lambda text: text.encode("ascii", "ignore").decode("ascii"))


@fault(Stage.ENCODE, "mojibake")
def mojibake(reranker: Reranker) -> Stages:
    """The bytes of UTF-8 are read as Latin-1."""
    return with_texts(reranker, lambda text: text.encode("utf-8", "replace").decode("latin-1"))

"""Faults of the stage `assemble`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from harness.core.pairs import Pair
from harness.core.vocabulary import Stage
from harness.faults.library import fault
from harness.reference.assemble import Prompt
from harness.reference.pipeline import Reranker, Stages


def _prompts(reranker: Reranker, change: Callable[[Prompt], Prompt]) -> Stages:
    healthy = reranker.stages.assemble
    return replace(reranker.stages, assemble=lambda pair: change(healthy(pair)))


def _pairs(reranker: Reranker, change: Callable[[Pair], Pair]) -> Stages:
    healthy = reranker.stages.assemble
    return replace(reranker.stages, assemble=lambda pair: healthy(change(pair)))


@fault(Stage.ASSEMBLE, "template-absent")
def template_absent(reranker: Reranker) -> Stages:
    """Query and document are joined by a blank, without any template."""
    return replace(reranker.stages, assemble=lambda pair: Prompt("", f"{pair.query} {pair.document}", ""))


@fault(Stage.ASSEMBLE, "suffix-missing")
def suffix_missing(reranker: Reranker) -> Stages:
    """The prompt ends with the document: the assistant's turn is never opened."""
    return _prompts(reranker, lambda prompt: replace(prompt, suffix=""))


@fault(Stage.ASSEMBLE, "suffix-doubled")
def suffix_doubled(reranker: Reranker) -> Stages:
    """The suffix is appended to a template that already ended with it."""
    return _prompts(reranker, lambda prompt: replace(prompt, suffix=prompt.suffix * 2))


@fault(Stage.ASSEMBLE, "system-part-missing")
def system_part_missing(reranker: Reranker) -> Stages:
    """The system message that asks for yes or no is left out."""
    return _prompts(reranker, lambda prompt: replace(prompt, prefix="<|im_start|>user\n"))


@fault(Stage.ASSEMBLE, "think-block-missing")
def think_block_missing(reranker: Reranker) -> Stages:
    """The empty think block is missing from the assistant's turn."""
    empty = "<think>\n\n</think>\n\n"
    return _prompts(reranker, lambda prompt: replace(prompt, suffix=prompt.suffix.replace(empty, "")))


@fault(Stage.ASSEMBLE, "final-newline-lost")
def final_newline_lost(reranker: Reranker) -> Stages:
    """A template file ends in two newlines and its engine drops one of them."""
    return _prompts(reranker, lambda prompt: replace(prompt, suffix=prompt.suffix.removesuffix("\n")))


@fault(Stage.ASSEMBLE, "instruction-dropped")
def instruction_dropped(reranker: Reranker) -> Stages:
    """The caller's instruction is accepted and never used."""
    return _pairs(reranker, lambda pair: replace(pair, instruction=None))


@fault(Stage.ASSEMBLE, "fields-swapped")
def fields_swapped(reranker: Reranker) -> Stages:
    """Query and document change places."""
    return _pairs(reranker, lambda pair: replace(pair, query=pair.document, document=pair.query))


@fault(Stage.ASSEMBLE, "document-empty")
def document_empty(reranker: Reranker) -> Stages:
    """The template reads another role, so that the document is rendered empty."""
    return _pairs(reranker, lambda pair: replace(pair, document=""))

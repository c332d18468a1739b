"""Faults of the stage `assemble`."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from harness.core.pairs import Pair
from harness.core.vocabulary import Stage
from harness.faults.library import fault
from harness.faults.texts import with_pairs, with_texts
from harness.reference.assemble import Prompt, fill, instruction_of
from harness.reference.families import Template
from harness.reference.stages import Stages

if TYPE_CHECKING:
    from harness.reference.pipeline import Reranker

EMPTY_THINK_BLOCK = "<think>\n\n</think>\n\n"


def _prompts(reranker: Reranker, change: Callable[[Prompt], Prompt]) -> Stages:
    healthy = reranker.stages.assemble
    return replace(reranker.stages, assemble=lambda pair: change(healthy(pair)))


def _templates(reranker: Reranker, change: Callable[[Template], Template]) -> Stages:
    """Another template for the family; a family without one has no place for the fault."""
    template = reranker.parts.checkpoint.family.template
    if template is None:
        return reranker.stages
    altered = change(template)

    def assemble(pair: Pair) -> Prompt:
        return fill(altered, instruction_of(pair, altered), pair.query, pair.document)

    return replace(reranker.stages, assemble=assemble)


def _bare(reranker: Reranker, separator: str) -> Stages:
    return replace(reranker.stages, assemble=lambda pair: Prompt("", f"{pair.query}{separator}{pair.document}", ""))


@fault(Stage.ASSEMBLE, "template-absent")
def template_absent(reranker: Reranker) -> Stages:
    """Query and document are joined by a blank, without any template."""
    return _bare(reranker, " ")


@fault(Stage.ASSEMBLE, "texts-joined-bare")
def texts_joined_bare(reranker: Reranker) -> Stages:
    """Query and document follow each other with nothing between them, without any template."""
    return _bare(reranker, "")


@fault(Stage.ASSEMBLE, "foreign-separator")
def foreign_separator(reranker: Reranker) -> Stages:
    """The texts are joined by another model's separator instead of being put into the template."""
    return _bare(reranker, "</s></s>")


@fault(Stage.ASSEMBLE, "literal-none-between")
def literal_none_between(reranker: Reranker) -> Stages:
    """A missing separator is rendered as the word None between the texts."""
    return _bare(reranker, "None")


@fault(Stage.ASSEMBLE, "suffix-missing")
def suffix_missing(reranker: Reranker) -> Stages:
    """The prompt ends with the document: the assistant's turn is never opened."""
    return _prompts(reranker, lambda prompt: replace(prompt, suffix=""))


@fault(Stage.ASSEMBLE, "suffix-doubled")
def suffix_doubled(reranker: Reranker) -> Stages:
    """The suffix is appended to a template that already ended with it."""
    return _prompts(reranker, lambda prompt: replace(prompt, suffix=prompt.suffix * 2))


@fault(Stage.ASSEMBLE, "assistant-turn-missing")
def assistant_turn_missing(reranker: Reranker) -> Stages:
    """The user's turn is closed, but no generation prompt opens the assistant's."""
    return _prompts(reranker, lambda prompt: replace(prompt, suffix=prompt.suffix.partition("<|im_start|>")[0]))


@fault(Stage.ASSEMBLE, "system-part-missing")
def system_part_missing(reranker: Reranker) -> Stages:
    """The system message that asks for yes or no is left out."""
    return _prompts(reranker, lambda prompt: replace(prompt, prefix="<|im_start|>user\n" if prompt.prefix else ""))


@fault(Stage.ASSEMBLE, "system-message-generic")
def system_message_generic(reranker: Reranker) -> Stages:
    """The chat template's own system message stands in place of the judge's."""
    generic = "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n<|im_start|>user\n"
    return _prompts(reranker, lambda prompt: replace(prompt, prefix=generic if prompt.prefix else ""))


@fault(Stage.ASSEMBLE, "think-block-missing")
def think_block_missing(reranker: Reranker) -> Stages:
    """The empty think block is missing from the assistant's turn."""
    return _prompts(reranker, lambda prompt: replace(prompt, suffix=prompt.suffix.replace(EMPTY_THINK_BLOCK, "")))


@fault(Stage.ASSEMBLE, "think-block-open")
def think_block_open(reranker: Reranker) -> Stages:
    """The think block is opened and not closed, as with thinking left switched on."""
    return _prompts(
        reranker, lambda prompt: replace(prompt, suffix=prompt.suffix.replace(EMPTY_THINK_BLOCK, "<think>\n"))
    )


@fault(Stage.ASSEMBLE, "final-newline-lost")
def final_newline_lost(reranker: Reranker) -> Stages:
    """A template file ends in two newlines and its engine drops one of them."""
    return _prompts(reranker, lambda prompt: replace(prompt, suffix=prompt.suffix.removesuffix("\n")))


@fault(Stage.ASSEMBLE, "final-newline-added")
def final_newline_added(reranker: Reranker) -> Stages:
    """The prompt ends with one newline more."""
    return _prompts(reranker, lambda prompt: replace(prompt, suffix=prompt.suffix + "\n"))


@fault(Stage.ASSEMBLE, "newline-before-suffix")
def newline_before_suffix(reranker: Reranker) -> Stages:
    """There is a newline between the document and the end of the user's turn."""
    return _prompts(reranker, lambda prompt: replace(prompt, suffix="\n" + prompt.suffix))


@fault(Stage.ASSEMBLE, "blank-line-between-fields")
def blank_line_between_fields(reranker: Reranker) -> Stages:
    """The three fields are set apart by blank lines, as in one of the published examples."""
    return _templates(reranker, lambda template: replace(template, body=template.body.replace("\n", "\n\n")))


@fault(Stage.ASSEMBLE, "crlf-line-ends")
def crlf_line_ends(reranker: Reranker) -> Stages:
    """The template was saved with CRLF at the end of its lines."""

    def saved(text: str) -> str:
        return text.replace("\n", "\r\n")

    return _templates(
        reranker, lambda t: replace(t, prefix=saved(t.prefix), body=saved(t.body), suffix=saved(t.suffix))
    )


@fault(Stage.ASSEMBLE, "label-space-lost")
def label_space_lost(reranker: Reranker) -> Stages:
    """No blank follows the labels of the fields."""
    return _templates(reranker, lambda template: replace(template, body=template.body.replace(": {", ":{")))


@fault(Stage.ASSEMBLE, "labels-without-brackets")
def labels_without_brackets(reranker: Reranker) -> Stages:
    """The labels of the fields have lost their angle brackets."""
    return _templates(
        reranker, lambda template: replace(template, body=template.body.replace("<", "").replace(">", ""))
    )


@fault(Stage.ASSEMBLE, "instruction-dropped")
def instruction_dropped(reranker: Reranker) -> Stages:
    """The caller's instruction is accepted and never used."""
    return with_pairs(reranker, lambda pair: replace(pair, instruction=None))


@fault(Stage.ASSEMBLE, "instruction-empty")
def instruction_empty(reranker: Reranker) -> Stages:
    """There is no default instruction: its field is rendered empty."""
    return _templates(reranker, lambda template: replace(template, instruction=""))


@fault(Stage.ASSEMBLE, "instruction-full-stop")
def instruction_full_stop(reranker: Reranker) -> Stages:
    """The default instruction ends with an added full stop."""
    return _templates(reranker, lambda template: replace(template, instruction=f"{template.instruction}."))


@fault(Stage.ASSEMBLE, "instruction-of-another-model")
def instruction_of_another_model(reranker: Reranker) -> Stages:
    """The default instruction is another model's."""
    foreign = "Retrieve text relevant to the user's query."
    return _templates(reranker, lambda template: replace(template, instruction=foreign))


@fault(Stage.ASSEMBLE, "instruction-as-system-message")
def instruction_as_system_message(reranker: Reranker) -> Stages:
    """The instruction stands in place of the judge's system message."""

    def change(template: Template) -> Template:
        system = f"<|im_start|>system\n{template.instruction}<|im_end|>\n<|im_start|>user\n"
        return replace(template, prefix=system, body=template.body.partition("\n")[2] or template.body)

    return _templates(reranker, change)


@fault(Stage.ASSEMBLE, "document-half-only")
def document_half_only(reranker: Reranker) -> Stages:
    """Only the document's half of the template is applied; the query stands bare in front of it."""
    return _templates(reranker, lambda template: replace(template, prefix="", body="{query}" + _halves(template)[1]))


@fault(Stage.ASSEMBLE, "query-half-only")
def query_half_only(reranker: Reranker) -> Stages:
    """Only the query's half of the template is applied; the document follows bare, and nothing comes after it."""
    return _templates(reranker, lambda template: replace(template, body=_halves(template)[0] + "{document}", suffix=""))


def _halves(template: Template) -> tuple[str, str]:
    """The body up to the document's line, and from it."""
    head, placeholder, tail = template.body.partition("{document}")
    line = head.rfind("\n") + 1
    return head[:line], head[line:] + placeholder + tail


@fault(Stage.ASSEMBLE, "template-applied-twice")
def template_applied_twice(reranker: Reranker) -> Stages:
    """A prompt that is complete is put into the template once more, in the document's place."""
    healthy = reranker.stages.assemble
    return replace(reranker.stages, assemble=lambda pair: healthy(replace(pair, document=healthy(pair).text)))


@fault(Stage.ASSEMBLE, "fields-swapped")
def fields_swapped(reranker: Reranker) -> Stages:
    """Query and document change places."""
    return with_pairs(reranker, lambda pair: replace(pair, query=pair.document, document=pair.query))


@fault(Stage.ASSEMBLE, "query-empty")
def query_empty(reranker: Reranker) -> Stages:
    """The query is rendered empty."""
    return with_pairs(reranker, lambda pair: replace(pair, query=""))


@fault(Stage.ASSEMBLE, "document-empty")
def document_empty(reranker: Reranker) -> Stages:
    """The template reads another role, so that the document is rendered empty."""
    return with_pairs(reranker, lambda pair: replace(pair, document=""))


@fault(Stage.ASSEMBLE, "fields-empty")
def fields_empty(reranker: Reranker) -> Stages:
    """Query and document are both rendered empty: every pair is the same prompt."""
    return with_pairs(reranker, lambda pair: replace(pair, query="", document=""))


@fault(Stage.ASSEMBLE, "roles-of-another-template")
def roles_of_another_template(reranker: Reranker) -> Stages:
    """Query and document are sent as two turns of the user, without the labels of the fields."""
    turns = "{query}<|im_end|>\n<|im_start|>user\n{document}"
    return _templates(reranker, lambda template: replace(template, body=turns))


@fault(Stage.ASSEMBLE, "texts-stripped")
def texts_stripped(reranker: Reranker) -> Stages:
    """Blanks and newlines at both ends of query and document are stripped."""
    return with_texts(reranker, str.strip)


@fault(Stage.ASSEMBLE, "texts-html-escaped")
def texts_html_escaped(reranker: Reranker) -> Stages:
    """The template engine escapes the texts as if the prompt were HTML."""
    return with_texts(reranker, html.escape)


@fault(Stage.ASSEMBLE, "texts-lowercased")
def texts_lowercased(reranker: Reranker) -> Stages:
    """Query and document are lowercased, as an uncased model's preprocessing does."""
    return with_texts(reranker, str.lower)

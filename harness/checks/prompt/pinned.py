"""The pinned prompt, token by token."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harness.checks.context import Context
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, at_most
from harness.core.pairs import Pair
from harness.core.vocabulary import Area, Phase, Severity, Stage
from harness.reference.checkpoint import Checkpoint
from harness.reference.encode import Encoder

AROUND = 4
"""Tokens shown on either side of the first difference."""


@dataclass(frozen=True, slots=True)
class PinnedPrompt:
    """Ids of the pinned prompt, made from the family's texts by the plain recipe."""

    prefix: list[int]
    body: list[int]
    suffix: list[int]

    @classmethod
    def of(cls, checkpoint: Checkpoint, encoder: Encoder, pair: Pair) -> PinnedPrompt:
        """Prefix, truncated body and suffix of a pair."""
        template = checkpoint.family.template
        assert template is not None
        instruction = template.instruction if pair.instruction is None else pair.instruction
        texts = {"instruction": instruction, "query": pair.query, "document": pair.document}
        prefix, suffix = encoder.ids(template.prefix), encoder.ids(template.suffix.format(**texts))
        room = checkpoint.max_length - len(prefix) - len(suffix)
        return cls(prefix, encoder.ids(template.body.format(**texts))[:room], suffix)

    @property
    def ids(self) -> list[int]:
        """The whole prompt."""
        return self.prefix + self.body + self.suffix

    def part(self, position: int) -> str:
        """Which part of the prompt a position lies in."""
        if position < len(self.prefix):
            return "prefix"
        return "body" if position < len(self.prefix) + len(self.body) else "suffix"


@check(
    "prompt.pinned",
    "The prompt is the pinned one, token by token",
    area=Area.PROMPT,
    stage=Stage.ASSEMBLE,
    phase=Phase.PROMPT,
    severity=Severity.CRITICAL,
    needs=(Need.PIPELINE, Need.REFERENCE, Need.TEMPLATE),
    beside="names the first token that differs, where values only say that something is off",
)
def pinned(context: Context) -> Outcome:
    """On every probe the pipeline's token ids equal those of the family's pinned prompt."""
    pipeline = context.target.reranker
    assert pipeline is not None
    assert context.reference is not None
    encoder, checkpoint = context.reference.parts.encoder, context.reference.parts.checkpoint
    wrong, first = 0, ""
    for pair in context.probes:
        expected = PinnedPrompt.of(checkpoint, encoder, pair)
        found = list(pipeline.encoding(pair).ids)
        if found != expected.ids:
            wrong += 1
            first = first or describe_difference(encoder, found, expected)
    return at_most(
        wrong,
        0,
        "prompts",
        f"{wrong} of {len(context.probes)} prompts differ from the pinned one" + (f": {first}" if first else ""),
        remedy="a single newline changes the scores: render the template exactly, once, with the official instruction",
    )


def describe_difference(encoder: Encoder, found: Sequence[int], expected: PinnedPrompt) -> str:
    """The first position at which two prompts differ, with what stands around it on either side, decoded."""
    pairs = zip(found, expected.ids, strict=False)
    at = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(found), len(expected.ids)))
    part = expected.part(min(at, len(expected.ids) - 1))
    shown = [_decoded(encoder, ids[max(0, at - AROUND) : at + AROUND]) for ids in (found, expected.ids)]
    return (
        f"at token {at} ({part}): {shown[0]} instead of {shown[1]}; {len(found)} tokens instead of {len(expected.ids)}"
    )


def _decoded(encoder: Encoder, ids: Sequence[int]) -> str:
    return repr(encoder.tokenizer.decode(list(ids), clean_up_tokenization_spaces=False))

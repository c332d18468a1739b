"""The checkpoint's own rerank template."""

from __future__ import annotations

from typing import Any

from harness.checks.context import Context
from harness.checks.prompt.pinned import PinnedPrompt, describe_difference
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, at_most, holds, not_applicable
from harness.core.pairs import Pair
from harness.core.vocabulary import Area, Phase, Stage
from harness.reference.encode import Encoder

PAIRS = 8


@check(
    "prompt.chat-template",
    "The checkpoint's chat template gives the pinned prompt",
    area=Area.PROMPT,
    stage=Stage.ASSEMBLE,
    phase=Phase.PROMPT,
    needs=(Need.REFERENCE, Need.TEMPLATE),
    beside="looks at the template that ships with a checkpoint, which a server may use and we do not",
)
def chat_template(context: Context) -> Outcome:
    """The rerank chat template that the checkpoint ships (roles system, query, document), rendered and encoded, gives
    the pinned prompt's token ids.
    """
    assert context.reference is not None
    encoder, checkpoint = context.reference.parts.encoder, context.reference.parts.checkpoint
    if not getattr(encoder.tokenizer, "chat_template", None):
        return not_applicable("the checkpoint ships no chat template")
    wrong, first = 0, ""
    for pair in context.probes[:PAIRS]:
        try:
            found = encoder.ids(render(encoder, pair))
        except Exception as error:  # a template is somebody else's program: whatever it raises is its fault
            return holds(False, f"the chat template cannot be rendered: {type(error).__name__}: {error}"[:300])
        expected = PinnedPrompt.of(checkpoint, encoder, pair)
        if found != expected.ids:
            wrong += 1
            first = first or describe_difference(encoder, found, expected)
    return at_most(
        wrong,
        0,
        "prompts",
        f"{wrong} of {min(PAIRS, len(context.probes))} rendered prompts differ" + (f": {first}" if first else ""),
        remedy="a server that uses this template scores another prompt than the official recipe: take the template of "
        "the model's latest revision, and check the role names",
    )


def render(encoder: Encoder, pair: Pair) -> str:
    """The prompt text of the checkpoint's template; transformers renders it in a sandbox."""
    messages = [{"role": "query", "content": pair.query}, {"role": "document", "content": pair.document}]
    if pair.instruction is not None:
        messages.insert(0, {"role": "system", "content": pair.instruction})
    rendered: Any = encoder.tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=False)
    return str(rendered)

"""The positive label of a sequence classifier."""

from __future__ import annotations

from harness.checks.context import Context
from harness.checks.registry import Need, check
from harness.core.errors import UsageError
from harness.core.findings import Outcome, holds, not_applicable
from harness.core.vocabulary import Area, Phase, Severity, Stage
from harness.reference.checkpoint import Form
from harness.reference.labels import positive_label


@check(
    "token-ids.positive-label",
    "The positive label is known",
    area=Area.TOKEN_IDS,
    stage=Stage.HEAD,
    phase=Phase.TOKENS,
    severity=Severity.CRITICAL,
    needs=(Need.CHECKPOINT,),
    beside="looks at the model's files: a classifier without a known label cannot be scored",
)
def known(context: Context) -> Outcome:
    """The configuration of a classifier says which of its outputs means "relevant"; it is never guessed."""
    assert context.checkpoint is not None
    if context.checkpoint.form is not Form.SEQUENCE_CLASSIFICATION:
        return not_applicable("a causal model has answer tokens and no labels")
    try:
        label = positive_label(context.checkpoint.config)
    except UsageError as error:
        return holds(False, str(error), remedy="name the labels in id2label of config.json")
    return holds(True, f"output {label.index} of {label.count} is positive", evidence=label.evidence)

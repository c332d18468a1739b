"""What the checkpoint is."""

from __future__ import annotations

from harness.checks.context import Context
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, holds
from harness.core.vocabulary import Area, Phase, Severity, Stage


@check(
    "compatibility.checkpoint",
    "The checkpoint is understood",
    area=Area.COMPATIBILITY,
    stage=Stage.FORWARD,
    phase=Phase.LOAD,
    severity=Severity.CRITICAL,
    needs=(Need.CHECKPOINT,),
    beside="looks at the files: what is missing there stops every other check",
)
def checkpoint(context: Context) -> Outcome:
    """Form and family follow from architectures, configuration and modules (never from the name), and every file that
    is needed is there.
    """
    found = context.checkpoint
    assert found is not None
    return holds(
        True,
        f"{found.architecture}, {found.form.value}, family {found.family.id}",
        evidence=f"{found.family_evidence}; weights {found.weight_bytes / 2**20:.1f} MiB; {found.digest}",
    )

"""One check for each rule of the audit."""

from __future__ import annotations

from collections.abc import Callable

from harness.audit import shipped_rules
from harness.checks.context import Context
from harness.checks.registry import Need, check
from harness.core.audit import About
from harness.core.findings import Outcome
from harness.core.vocabulary import Area, Phase


def _body(about: About) -> Callable[[Context], list[Outcome]]:
    def body(context: Context) -> list[Outcome]:
        assert context.sources is not None
        return context.sources.audited.outcomes(about)

    body.__doc__ = f"No source of the tree has this fault: {about.why}"
    return body


for _rule in shipped_rules():
    check(
        f"source-audit.{_rule.about.id}",
        _rule.about.title,
        area=Area.SOURCE_AUDIT,
        stage=_rule.about.stage,
        phase=Phase.CONFIGURATION,
        severity=_rule.about.severity,
        needs=(Need.SOURCE,),
        beside="looks at sources, where a fault shows before it is deployed",
    )(_body(_rule.about))

"""Fleets as their page tells them: with one fault, of every kind, and as many as anybody has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from harness.core.fleet import Fleet, Overview, State, Verified
from harness.core.vocabulary import Area, Status
from harness.fleet.agreement import agreements
from harness.fleet.contrasts import contrasts
from tests.fleet.runs import CAUSE, finding, run, verified

HOLDS = tuple(finding(f"{area}.values" if area is Area.NUMERICS else f"{area}.it", Status.PASS) for area in Area)
FAILS = tuple(
    replace(each, status=Status.FAIL) if each.area in (Area.NUMERICS, Area.PROMPT) else each for each in HOLDS
)
AT = "2026-01-01T00:00:00+00:00"


def overview(every: Iterable[Verified], kind: str = "replicas") -> Overview:
    """All that comes of these."""
    members = {each.name: each for each in every}
    found = agreements(members.values())
    told = tuple(each for group in found for each in contrasts(group, members))
    fleet = Fleet(kind, AT, tuple(each.deployment for each in members.values()))
    return Overview(fleet, tuple(members.values()), found, told)


def of_every_kind(foul: str = "") -> Overview:
    """A healthy one, one alike, a faulty one, one that only its findings tell of, one unexplained, and all that never
    came to an end.
    """
    sound = run(findings=HOLDS)
    cause = replace(CAUSE, title=f"no prompt template{foul}", evidence=f"scores fit{foul}", remedy=f"mend it{foul}")
    slow = replace(finding("protocol.order", Status.FAIL), message=f"results are not in order{foul}", subject=foul)
    wrong = run(0.5, findings=FAILS, causes=(cause,))
    name = replace(wrong.started, model={"id": f"tiny{foul}", "digest": "sha256:1"})
    return overview(
        [
            verified("a", replace(sound, started=name), target=f"http://a{foul}"),
            verified("b", run(1e-5, findings=HOLDS), dtype="bfloat16"),
            verified("c", wrong),
            verified("d", run(findings=(*HOLDS, slow))),
            verified("e", run(0.7)),
            verified("f", None, State.LOST),
            verified("g", None, State.WAITING),
            Verified(replace(verified("h", None, State.CRASHED).deployment, reason=f"ended by SIGKILL{foul}")),
            verified("i", None, State.REFUSED),
        ]
    )


def of_many() -> Overview:
    """Forty deployments of two models, of which two are wrong."""
    wrong = run(0.5, findings=FAILS, causes=(CAUSE,))
    found = []
    for model in ("tiny-causal", "tiny-seq-cls"):
        for server in range(10):
            for dtype in ("float32", "bfloat16"):
                made = wrong if (server, dtype) == (7, "bfloat16") else run(server * 1e-6, findings=HOLDS)
                begun = replace(made.started, model={"id": model, "digest": f"sha256:{model}"})
                axes = {"model": model, "target": f"vllm+http://10.0.0.{server}:8000", "dtype": dtype}
                found.append(verified(f"{model}-10.0.0.{server}-{dtype}", replace(made, started=begun), **axes))
    return overview(found, "matrix")

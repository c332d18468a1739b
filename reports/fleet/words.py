"""What came of several deployments in sentences, the same in every format."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator, Sequence

from harness.core.fleet import Agreement, Apart, Contrast, Explanation, Judge, Overview, State, Verified
from harness.core.vocabulary import Verdict
from reports.text import number, one_line, plural

#: Deployments that a sentence names before it counts the others.
NAMED = 4
_STATES = {
    State.WAITING: "was not begun", State.RUNNING: "was interrupted", State.LOST: "could not be reached, or died",
    State.REFUSED: "could not be set up", State.CRASHED: "crashed",
}  # fmt: skip
_VERDICTS = {Verdict.PASS: "pass", Verdict.FAIL: "fell short", Verdict.INCOMPLETE: "not all could be verified"}
EXPLANATIONS = {
    Explanation.ALIKE: "alike within noise", Explanation.CAUSE: "explained by diagnosis",
    Explanation.FINDINGS: "told by its findings", Explanation.UNEXPLAINED: "unexplained",
    Explanation.NOT_COMPARED: "scores not compared",
}  # fmt: skip
#: The tone of each, which the style sheet knows by the words of statuses.
TONES = {
    Explanation.ALIKE: "pass", Explanation.CAUSE: "fail", Explanation.FINDINGS: "warn", Explanation.UNEXPLAINED: "fail",
    Explanation.NOT_COMPARED: "not verified",
}  # fmt: skip


def headline(overview: Overview) -> str:
    """The outcome in a few words."""
    count = len(overview.verified)
    odd = sum(len(each.odd) for each in overview.agreements)
    if odd:
        return f"{odd} of {plural(count, 'deployment')} {'does' if odd == 1 else 'do'} not agree"
    if any(each.disagree for each in overview.agreements):
        return "Deployments of one model disagree"
    fallen = sum(each.verdict is Verdict.FAIL for each in overview.verified)
    if fallen:
        return f"{fallen} of {plural(count, 'deployment')} fell short"
    left = sum(each.verdict is Verdict.INCOMPLETE for each in overview.verified)
    of = f"{left} of " if left else ""
    return f"{of}{plural(count, 'deployment')}{' not' if left else ''} verified"


def summary(overview: Overview) -> Iterator[str]:
    """What a reader must know, a sentence each."""
    counted = Counter(_standing(each) for each in overview.verified)
    told = ", ".join(f"{count} {what}" for what, count in counted.items())
    yield f"{plural(len(overview.verified), 'deployment')}: {told}."
    yield from map(agreement, overview.agreements)
    if any(each.deployment.state is not State.FINISHED for each in overview.verified):
        yield "What was not verified can be gone on with: rerank-harness verify --resume, with the folder of this page."


def standing(each: Verified) -> str:
    """Why a deployment has no verdict, or no good one though its run passed; empty where its run says all."""
    deployment = each.deployment
    if deployment.state is State.FINISHED:
        return one_line(deployment.reason)
    return f"{_STATES[deployment.state]}{': ' if deployment.reason else ''}{one_line(deployment.reason)}"


def agreement(found: Agreement) -> str:
    """Whether the deployments of a model agree, and which of them does not."""
    of = f"of {found.model}" if found.model else "of a model that nobody named"
    scored = len(found.members) - len(found.unscored)
    if scored < 2:
        return f"No two deployments {of} have scores that can be compared."
    if found.judge is Judge.NOBODY:
        who = listed([name for name in found.members if name not in found.unscored])
        return f"The deployments {of} disagree ({who}), and nothing tells which of them is right: {_ask_for(found)}."
    if found.odd:
        does = "does" if len(found.odd) == 1 else "do"
        right = _right(found)
        others = plural(len(found.agreeing), "deployment")
        return f"{listed(found.odd)} {does} not agree with the other {others} {of}, {right}."
    far = max(found.apart, key=lambda each: each.largest)
    if far.largest == 0.0:
        return f"The {scored} deployments {of} agree: all of their scores are the same."
    return (
        f"The {scored} deployments {of} agree within noise: the farthest apart are {far.first} and {far.second}, by at "
        f"most {number(far.largest)} logit, where {number(far.limit)} may be ({far.origin})."
    )


def distance(apart: Apart) -> str:
    """How far two deployments are apart."""
    turned = f"; {apart.turned} of {plural(apart.ordered, 'pair')} stand in the other order" if apart.turned else ""
    return (
        f"{plural(apart.compared, 'score')} are {number(apart.median)} logit apart in the median and "
        f"{number(apart.largest)} at most; {number(apart.typical_limit)} and {number(apart.limit)} may be "
        f"({apart.origin}){turned}"
    )


def differing(contrast: Contrast) -> str:
    """In what two deployments differ, as they were asked for."""
    told = ", ".join(f"{axis} {now} (base: {before})" for axis, before, now in contrast.axes)
    return told or "nothing that was named"


def next_step(each: Verified) -> str:
    """How to have a deployment examined whose difference nothing explains."""
    asked = each.deployment.request
    model = str(asked.get("model") or "MODEL")
    return shlex.join(["rerank-harness", "diagnose", "--target", str(asked["target"]), "--model", model])


def listed(names: Sequence[str]) -> str:
    """Names in a row; of many, the first."""
    shown = list(names[:NAMED]) + ([f"{len(names) - NAMED} more"] if len(names) > NAMED else [])
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _standing(each: Verified) -> str:
    return _VERDICTS[each.verdict] if each.deployment.state is State.FINISHED else _STATES[each.deployment.state]


def _right(found: Agreement) -> str:
    """Why those that agree are taken to be right."""
    alone = len(found.agreeing) == 1
    if found.judge is Judge.REFERENCE:
        return "which holds against the reference" if alone else "which hold against the reference"
    return "which is the majority" if alone else "which are the majority"


def _ask_for(found: Agreement) -> str:
    if found.model:
        return "none of them was shown to hold against the reference"
    return "name their model with --model, so that each is held against the reference"

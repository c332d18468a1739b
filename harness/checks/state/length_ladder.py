"""Documents from one token to beyond the limit."""

from __future__ import annotations

from collections.abc import Iterator

from harness.checks.context import Context
from harness.checks.registry import check
from harness.checks.state.ladder import Ladder, Rung
from harness.checks.tolerance import distance, own_limit
from harness.core.errors import Refused
from harness.core.events import SeriesRecorded
from harness.core.findings import Outcome, at_most, holds, measured
from harness.core.scores import Scores
from harness.core.vocabulary import Area, Phase, Severity, Stage

#: From this profile on (nightly) every length is tried with the evidence at all three places.
MANY_REPEATS = 10
#: Without a tokenizer, words of a document that surely fit into a limit of tokens: frames have up to 100 tokens, and a
#: limit of 512 then leaves a quarter for them and for words of several tokens.
SURE = 0.75


@check(
    "state.length-ladder",
    "Documents are read to their end up to the limit",
    area=Area.ROBUSTNESS,
    stage=Stage.ENCODE,
    phase=Phase.INVARIANTS,
    severity=Severity.CRITICAL,
    beside="names the length from which on documents are not read",
)
def length_ladder(context: Context) -> Iterator[Outcome]:
    """At every length from one token to the input limit, with the evidence at the start, in the middle or at the end,
    a document is scored as the reference does; without a reference, the evidence changes the score wherever it stands.
    """
    ladder = Ladder.of(context)
    answered, refused = _asked(context, ladder.rungs(every=context.profile.repeats >= MANY_REPEATS))
    yield _all_answered(ladder, refused)
    if context.reference is None:
        yield _read(context, ladder, answered)
    else:
        yield _as_defined(context, ladder, answered)


def _asked(context: Context, rungs: list[Rung]) -> tuple[list[tuple[Rung, Scores]], list[Rung]]:
    """Each rung with its log-odds, shape (1,), asked by itself; and the rungs that were refused."""
    answered, refused = [], []
    for rung in rungs:
        try:
            answered.append((rung, context.logits([rung.pair])))
        except Refused:
            refused.append(rung)
    return answered, refused


def _all_answered(ladder: Ladder, refused: list[Rung]) -> Outcome:
    """What is longer than the limit may be refused; where no limit is known, that it is refused says where it lies."""
    sure = _surely_fits(ladder)
    wrong = [rung for rung in refused if rung.tokens <= sure]
    shown = (
        f"{len(wrong)} documents within the limit of {ladder.limit} tokens are refused"
        if ladder.limit
        else (
            f"documents from {min(r.tokens for r in refused)} words on are refused"
            if refused
            else "no length is refused"
        )
    )
    return holds(
        not wrong,
        shown,
        evidence=f"the shortest has {wrong[0]}" if wrong else "",
        remedy="the server is configured for shorter inputs than it declares, or than the model takes",
        subject="answered",
    )


def _as_defined(context: Context, ladder: Ladder, answered: list[tuple[Rung, Scores]]) -> Outcome:
    limit = context.noise.limit_logit
    within = [
        (r, float(distance(x, context.reference_logits([r.pair])).max())) for r, x in answered if _fits(ladder, r)
    ]
    wrong = [rung for rung, apart in within if apart > limit]
    worst = max(within, key=lambda each: each[1])
    context.emit(_series(within))
    since = f"; the shortest that deviates has {wrong[0]}" if wrong else ""
    return at_most(
        worst[1],
        limit,
        "logit",
        f"{len(wrong)} of {len(within)} documents up to {ladder.limit} tokens deviate from the reference{since}; the "
        f"farthest, {worst[0]}, by {worst[1]:.2e} logit",
        evidence=f"the limit is {context.noise.multiple:g} times the noise of a healthy reranker",
        remedy="long documents are cut, split or pooled below the limit; look at maximum lengths, chunk sizes and at "
        "which end is cut",
        subject="as the reference",
    )


def _read(context: Context, ladder: Ladder, answered: list[tuple[Rung, Scores]]) -> Outcome:
    least = own_limit(context)
    moved = [(r, float(distance(x, context.logits([r.blank])).max())) for r, x in answered if r.pair != r.blank]
    unread = [rung for rung, by in moved if by <= least]
    since = f"the evidence is not read from {unread[0]} on" if unread else "the evidence is read at every length"
    shown = f"{since}; tried up to {max(rung.tokens for rung, _ in moved)} tokens, counted as words"
    if ladder.limit is None:
        return measured(
            float(unread[0].tokens if unread else 0), "words", f"{shown}; no limit is known", subject="read"
        )
    return holds(
        not any(rung.tokens <= _surely_fits(ladder) for rung in unread),
        f"{shown}; the limit is {ladder.limit}",
        evidence=f"a score counts as changed beyond {least:.1e} logit",
        remedy="documents are cut below the declared limit: look at maximum lengths and chunk sizes",
        subject="read",
    )


def _fits(ladder: Ladder, rung: Rung) -> bool:
    return ladder.limit is None or rung.tokens <= ladder.limit


def _surely_fits(ladder: Ladder) -> float:
    """Tokens of a prompt that need not be cut; 0 where nobody says."""
    return (ladder.limit or 0) * (1.0 if ladder.reference is not None else SURE)


def _series(within: list[tuple[Rung, float]]) -> SeriesRecorded:
    labels = tuple(f"{rung.tokens} {rung.place}" for rung, _ in within)
    values = tuple(apart for _, apart in within)
    title = "Deviation from the reference, by tokens and place of the evidence"
    return SeriesRecorded("length-ladder", title, "bars", "logit", values, labels, area=Area.ROBUSTNESS)

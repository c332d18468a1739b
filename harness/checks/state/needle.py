"""One relevant document among many others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from harness.checks.context import Context
from harness.checks.invariants.law import ask
from harness.checks.registry import check
from harness.checks.tolerance import distance, tolerance
from harness.core.errors import Refused
from harness.core.findings import Outcome, at_most, holds, not_verified
from harness.core.pairs import Pair
from harness.core.scores import Scores
from harness.core.vocabulary import Area, Phase, Severity, Stage

#: Other documents: none, around the batches of 4 and of 32 that servers make, and three such batches.
OTHERS = (0, 4, 30, 32, 64)
#: Sizes up to which every place is tried; beyond them only from the profile nightly on, since all places of all sizes
#: come to 6 301 documents (40 s on one core with the embedded model).
SMALL = 5
MANY_REPEATS = 10
#: Places at which splitting by 32 would show.
AT_32 = (31, 32)
OTHER = "Item {} of the list."


@dataclass(frozen=True, slots=True)
class Placed:
    """The needle at one place (0-based) of a request: how far it is from its score alone, and its rank (1 is first)."""

    size: int
    place: int
    apart: float
    rank: int


@check(
    "state.needle",
    "A relevant document is found wherever it stands",
    area=Area.ROBUSTNESS,
    stage=Stage.BATCH,
    phase=Phase.INVARIANTS,
    severity=Severity.CRITICAL,
    beside="names the size of a request and the place at which a document is lost",
)
def needle(context: Context) -> Iterator[Outcome]:
    """A relevant document has the score that it has alone among 0, 4, 30, 32 and 64 others and at every place tried,
    and ranks first where its score alone is above all of theirs. A size that is refused is named.
    """
    # its own words answer a query in any language, and a short needle keeps the batches small
    query = next(iter(context.collection.queries.values()))
    others = [OTHER.format(n) for n in range(1, max(OTHERS) + 1)]
    alone = ask(context, (query, [query]))
    limit, source = tolerance(context)
    placed, refused = list[Placed](), list[int]()
    for count in OTHERS:
        try:
            places = _places(context, count + 1)
            placed += [_placed(context, query, others[:count], at, alone) for at in places]
        except Refused:
            refused.append(count + 1)
    yield _same_score(
        placed, f"the limit is {source}{f'; requests of {refused} are refused' if refused else ''}", limit
    )
    yield _first(
        placed, float(alone[0] - context.logits([Pair(query, other) for other in others[:SMALL]]).max()), limit
    )


def _places(context: Context, size: int) -> list[int]:
    """Places in a request of `size` documents: all of a small one, else those at which batches end or begin."""
    if size <= SMALL or context.profile.repeats >= MANY_REPEATS:
        return list(range(size))
    return sorted({0, size // 2, size - 1, *(at for at in AT_32 if at < size)})


def _placed(context: Context, query: str, others: list[str], place: int, alone: Scores) -> Placed:
    scores = ask(context, (query, [*others[:place], query, *others[place:]]))
    apart = float(distance(scores[[place]], alone).max())
    return Placed(len(scores), place, apart, 1 + int((scores > scores[place]).sum()))


def _same_score(placed: list[Placed], evidence: str, limit: float) -> Outcome:
    worst = max(placed, key=lambda p: p.apart)
    wrong = [p for p in placed if p.apart > limit]
    first = f"; first {_shown(wrong[0])}" if wrong else ""
    return at_most(
        worst.apart,
        limit,
        "logit",
        f"at {len(wrong)} of {len(placed)} places a relevant document is not scored as alone{first}; the farthest by "
        f"{worst.apart:.2e} logit, {_shown(worst)}",
        evidence=evidence,
        remedy="documents behind a batch limit are dropped or filled up, or rows of a batch are handed back displaced",
        subject="score",
    )


def _first(placed: list[Placed], gap: float, limit: float) -> Outcome:
    if not gap > limit:
        reason = f"the query's own words are scored {gap:+.2e} logit against the best of the others: no needle"
        return not_verified(reason, subject="rank")
    lost = [p for p in placed if p.rank > 1]
    where = f"; rank {lost[0].rank} {_shown(lost[0])}" if lost else ""
    return holds(
        not lost,
        f"at {len(lost)} of {len(placed)} places the relevant document does not rank first{where}",
        evidence=f"by itself it is {gap:.2e} logit above the others",
        remedy="scores are handed back to other documents than they were computed for",
        subject="rank",
    )


def _shown(placed: Placed) -> str:
    return f"as number {placed.place + 1} of {placed.size}"

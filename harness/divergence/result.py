"""What a comparison of two computations says: a row for each module, the first that diverges, and the scores."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

SCHEMA = "rerank-harness/divergence/1"


@dataclass(frozen=True, slots=True)
class Row:
    """One module. All figures are |B − A| / |A| in the Euclidean norm of a token, the largest over the kept tokens, and
    infinite where a number is none.

    `local`: B's module on A's inputs, so that what this module adds is seen alone. `limit`: the largest that rounding
    explains. `accumulated`: B's own pass, with all that came before.
    """

    name: str
    local: float
    limit: float
    accumulated: float

    @property
    def diverges(self) -> bool:
        """Whether rounding does not explain what this module adds."""
        return not self.local <= self.limit

    @property
    def excess(self) -> float:
        """The local error as a multiple of its limit."""
        return self.local / self.limit

    @classmethod
    def of_dict(cls, row: Mapping[str, Any]) -> Row:
        """The row that was written so; null is infinitely far."""
        local, accumulated = (math.inf if row[name] is None else row[name] for name in ("local", "accumulated"))
        return cls(row["name"], local, row["limit"], accumulated)


@dataclass(frozen=True, slots=True)
class Divergence:
    """`model` has id, digest and architecture; `computations` are A and B; `eps` is the spacing of numbers near 1 in
    the coarser of their dtypes; `modules` stand in the order in which they return, parts before the whole; `log_odds`
    are A's and B's of each pair, None where one is no number.
    """

    model: Mapping[str, str]
    computations: tuple[str, str]
    eps: float
    tokens: int
    modules: tuple[Row, ...]
    log_odds: tuple[tuple[float | None, ...], tuple[float | None, ...]]

    @property
    def first(self) -> Row | None:
        """The first module that diverges; None where none does."""
        return next((row for row in self.modules if row.diverges), None)

    @property
    def worst(self) -> Row:
        """The module whose local error is the largest multiple of its limit."""
        return max(self.modules, key=lambda row: row.excess)

    @property
    def largest_difference(self) -> float:
        """The largest |B − A| of the log-odds, in logits."""
        return max(apart(a, b) for a, b in zip(*self.log_odds, strict=True))

    def as_dict(self) -> dict[str, Any]:
        """The document that `layers --json` writes."""
        a, b = self.log_odds
        return {
            "schema": SCHEMA, "verdict": "pass" if self.first is None else "fail", "model": dict(self.model),
            "computations": list(self.computations), "eps": self.eps, "pairs": len(a), "tokens": self.tokens,
            "first_diverging": None if self.first is None else self.first.name,
            "largest_log_odds_difference": _number(self.largest_difference), "log_odds": [list(a), list(b)],
            "modules": [{name: _number(value) for name, value in asdict(row).items()} for row in self.modules],
        }  # fmt: skip

    @classmethod
    def of_dict(cls, document: Mapping[str, Any]) -> Divergence:
        """The comparison of a document that fits the schema."""
        a, b = document["log_odds"]
        return cls(
            document["model"], tuple(document["computations"]), document["eps"], document["tokens"],
            tuple(map(Row.of_dict, document["modules"])), (tuple(a), tuple(b)),
        )  # fmt: skip


def apart(a: float | None, b: float | None) -> float:
    """|b − a|; what is no number is infinitely far from everything."""
    return math.inf if a is None or b is None else abs(b - a)


def finite_or_none(values: Sequence[float]) -> tuple[float | None, ...]:
    """Numbers; None for each that is none."""
    return tuple(value if math.isfinite(value) else None for value in values)


def _number(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value

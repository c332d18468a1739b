"""Scores that some system gave earlier, as a target: `recorded:FILE`; and what writes such a file."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness.core.errors import Unanswerable, UsageError
from harness.core.lines import whole_lines
from harness.core.pairs import Pair
from harness.core.scores import Scale
from harness.targets.protocol import Capabilities, Target

if TYPE_CHECKING:
    from harness.reference.pipeline import Reranker

#: With this many decimals or more a number was written as it was computed, and was not cut.
UNCUT = 7


@dataclass(frozen=True)
class RecordedTarget:
    """Answers for the pairs of a file, once and for all; everything else is Unanswerable."""

    spec: str
    scores: dict[Pair, float]
    capabilities: Capabilities
    reranker: None = None

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """What was recorded, in the order of the file."""
        return tuple(self.scores)

    def score(self, query: str, documents: Sequence[str], instruction: str | None) -> list[float]:
        """What was recorded for each pair."""
        pairs = [Pair(query, document, instruction) for document in documents]
        missing = sum(pair not in self.scores for pair in pairs)
        if missing:
            raise Unanswerable(f"{missing} of {len(pairs)} pairs that this asks for are not in the recording")
        return [self.scores[pair] for pair in pairs]


def open_recording(spec: str, path: Path) -> RecordedTarget:
    """The target of a file of JSON lines: query, document, score and, where known, instruction and scale.

    Without a scale, scores that all lie in [0, 1] are probabilities. UsageError names file and line of what is wrong,
    and a pair that was recorded with two scores.
    """
    scores: dict[Pair, float] = {}
    scales: set[str] = set()
    decimals = 0
    for number, line in _lines(path):
        pair, score, scale = _read(line, f"{path}:{number}")
        if repr(scores.setdefault(pair, float(score))) != repr(float(score)):  # NaN equals itself here
            raise UsageError(f"{path}:{number}: the same pair has two scores, {scores[pair]} and {score}; keep one")
        scales |= {scale} if scale else set()
        decimals = max(decimals, _decimals(score))
    if not scores:
        raise UsageError(f"{path} holds no scores; expected lines of query, document and score")
    scale = _scale(scales, scores.values(), path)
    return RecordedTarget(
        spec,
        scores,
        Capabilities(
            scale=scale,
            instruction=any(pair.instruction is not None for pair in scores),
            asks_again=False,
            single_precision=True,
            decimals=decimals if decimals < UNCUT else None,
        ),
    )


def _lines(path: Path) -> list[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read the recording {path}: {error}") from None
    return [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def _read(line: str, where: str) -> tuple[Pair, Decimal, str | None]:
    try:
        fields: dict[str, Any] = json.loads(line, parse_float=Decimal, parse_int=Decimal)
        pair = Pair(fields["query"], fields["document"], fields.get("instruction"))
        score = fields["score"]
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError):
        raise UsageError(
            f'{where}: expected {{"query": ..., "document": ..., "score": ...}}, got {line[:80]!r}'
        ) from None
    if not all(isinstance(text, str) for text in (pair.query, pair.document, pair.instruction or "")):
        raise UsageError(f"{where}: query, document and instruction must be strings")
    if score is None:
        score = Decimal("NaN")
    if not isinstance(score, Decimal | float):
        raise UsageError(f"{where}: score must be a number, not {score!r:.40}")
    return pair, Decimal(score), fields.get("scale")


def _decimals(score: Decimal) -> int:
    exponent = score.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _scale(declared: set[str], scores: Iterable[float], path: Path) -> Scale:
    if len(declared) > 1 or not declared <= {scale.value for scale in Scale}:
        raise UsageError(
            f"{path}: scale must be one of {', '.join(Scale)} throughout, not {', '.join(sorted(declared))}"
        )
    if declared:
        return Scale(declared.pop())
    return Scale.PROBABILITY if all(0 <= score <= 1 or score != score for score in scores) else Scale.LOG_ODDS


@dataclass(frozen=True)
class Recorder:
    """Passes everything on to a target and writes each answer down as it comes, so that nothing is lost when killed."""

    target: Target
    path: Path
    _written: set[Pair] = field(default_factory=set, repr=False)

    @classmethod
    def going_on(cls, target: Target, path: Path) -> Recorder:
        """Go on with a file whose writer was interrupted: a last line that was cut off goes, no pair comes twice."""
        if not path.exists():
            return cls(target, path)
        whole = sum(map(len, whole_lines(path)))
        os.truncate(path, whole)
        return cls(target, path, {_read(line, f"{path}:{number}")[0] for number, line in _lines(path)})

    @property
    def spec(self) -> str:
        """That of the target."""
        return self.target.spec

    @property
    def capabilities(self) -> Capabilities:
        """Those of the target."""
        return self.target.capabilities

    @property
    def reranker(self) -> Reranker | None:
        """That of the target."""
        return self.target.reranker

    @property
    def server(self) -> Any:
        """That of the target, where it is a server."""
        return getattr(self.target, "server", None)

    def score(self, query: str, documents: Sequence[str], instruction: str | None) -> list[float]:
        """The target's scores. A pair that is asked again is not written again: a recording has one score for it."""
        scores = self.target.score(query, documents, instruction)
        answered = {
            Pair(query, document, instruction): score for document, score in zip(documents, scores, strict=True)
        }
        new = {pair: score for pair, score in answered.items() if pair not in self._written}
        if new:
            self._write([self._line(pair, score) for pair, score in new.items()])
            self._written.update(new)
        return scores

    def _line(self, pair: Pair, score: float) -> str:
        """ASCII, since a lone surrogate or a line separator in a text must not break the file."""
        line: dict[str, Any] = {"query": pair.query, "document": pair.document}
        line |= {} if pair.instruction is None else {"instruction": pair.instruction}
        line |= {"score": None if math.isnan(score) else score, "scale": self.capabilities.scale.value}
        return json.dumps(line, ensure_ascii=True) + "\n"

    def _write(self, lines: Sequence[str]) -> None:
        """Begin the file with the first lines, and go on with those that follow."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a" if self._written else "w", encoding="utf-8") as file:
                file.writelines(lines)
        except OSError as error:
            reason = os.strerror(error.errno) if error.errno else str(error)
            raise UsageError(f"cannot write the recording {self.path}: {reason}") from None

"""Openings that are sent to workers: stubs whose scores are told by the texts, and that misbehave on demand."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from harness.core.errors import TargetError
from harness.core.pairs import Pair
from harness.scoring.worker import Scorer


def score_of(query: str, document: str) -> float:
    """A score that the texts alone decide on."""
    return int.from_bytes(sha256(f"{query}\0{document}".encode()).digest()[:6]) / 2**48


def pairs_of(queries: int, documents: int, words: int = 0) -> list[Pair]:
    """Pairs of so many queries with so many documents each, which have so many words more."""
    more = " word" * words
    return [Pair(f"query {q}", f"document {q} {d}{more}") for q in range(queries) for d in range(documents)]


@dataclass(frozen=True)
class Stub:
    """Opens a scorer that takes `seconds` a unit. `once` is a folder in which what happens once leaves a mark."""

    name: str = "stub"
    seconds: float = 0.0
    digest: str = "the same everywhere"
    hangs_on: str | None = None
    ends_on: str | None = None
    ends_opening: bool = False
    gone: bool = False
    once: Path | None = None
    alike: Mapping[str, str] = field(default_factory=dict)

    def inputs(self) -> Mapping[str, str]:
        return {"model": self.digest}

    def open(self) -> Scorer:
        if self.ends_opening and self.first("ended opening"):
            os._exit(1)
        return Scored(self)

    def first(self, what: str) -> bool:
        """Whether it has not happened yet; always where nobody counts."""
        if self.once is None:
            return True
        try:
            (self.once / what).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True


@dataclass
class Scored:
    stub: Stub

    def score(self, query: str, documents: tuple[str, ...], instruction: str | None) -> list[float]:
        if self.stub.gone:
            raise TargetError("the connection was refused")
        if query == self.stub.hangs_on and self.stub.first("hung"):
            time.sleep(3_600)
        if query == self.stub.ends_on and self.stub.first("ended"):
            os._exit(1)
        time.sleep(self.stub.seconds)
        return [score_of(query, document) for document in documents]

from dataclasses import dataclass


@dataclass
class Ranked:
    document: str
    score: float


def to_ranked(documents: list[str], scores: list[float]) -> list[Ranked]:
    return [Ranked(d, s) for d, s in zip(documents, sorted(scores, reverse=True))]

from dataclasses import dataclass


@dataclass
class Ranked:
    document: str
    score: float


def to_ranked(documents: list[str], scores: list[float]) -> list[Ranked]:
    pairs = sorted(zip(documents, scores, strict=True), key=lambda pair: pair[1], reverse=True)
    return [Ranked(d, s) for d, s in pairs]

from .statistics import quantiles


def report(documents: list[str], scores: list[float]) -> dict:
    names = sorted({d.split("/")[0] for d in documents})
    return {
        "collections": [f"{i}: {name}" for i, name in enumerate(names)],
        "scores": dict(zip(documents, scores, strict=True)),
        "quantiles": quantiles(scores),
    }

def descending(values: list[float]) -> list[float]:
    return sorted(values, key=lambda v: -v)

def quantiles(values: list[float], points=(0.5, 0.9, 0.99)) -> dict[float, float]:
    ordered = sorted(values)
    picked = [ordered[min(int(p * len(ordered)), len(ordered) - 1)] for p in points]
    return dict(zip(points, picked))

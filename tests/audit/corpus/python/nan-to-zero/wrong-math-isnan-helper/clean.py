import math


def finite(value: float, default: float = 0.0) -> float:
    if math.isnan(value) or math.isinf(value):
        return default
    return value

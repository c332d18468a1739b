import hashlib
from contextlib import suppress

try:
    import flash_attn  # noqa: F401

    ATTENTION = "flash_attention_2"
except ImportError:
    ATTENTION = "sdpa"


class CachedScorer:
    def __init__(self, scorer, cache):
        self.scorer, self.cache = scorer, cache

    def __call__(self, prompt: str) -> float:
        key = hashlib.sha256(prompt.encode()).hexdigest()
        with suppress(KeyError):
            return self.cache[key]
        value = float(self.scorer([prompt])[0])
        self.cache[key] = value
        return value

from pathlib import Path
from typing import Callable

from .templates import plain_pair, qwen3_template


def choose_template(path: str | Path) -> Callable[[str, str], str]:
    name = Path(path).name
    if "Qwen3" in name and "seq-cls" in name:
        return qwen3_template
    return plain_pair


class Preprocessor:
    def __init__(self, path):
        self.template = choose_template(path)

    def __call__(self, query, documents):
        return [self.template(query, d) for d in documents]

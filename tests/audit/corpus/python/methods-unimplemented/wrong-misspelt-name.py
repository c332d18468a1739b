import abc

import numpy as np


class Tokenising(abc.ABC):
    @abc.abstractmethod
    def encode_pairs(self, pairs: list[tuple[str, str]]) -> dict[str, np.ndarray]: ...

    @abc.abstractmethod
    def count_tokens(self, texts: list[str]) -> list[int]: ...


class FastTokenising(Tokenising):
    def __init__(self, tokenizer):
        self.tokenizer = tokenizer

    def encode_pair(self, pairs):
        encodings = self.tokenizer.encode_batch(pairs)
        return {
            "input_ids": np.array([e.ids for e in encodings]),
            "attention_mask": np.array([e.attention_mask for e in encodings]),
        }

    def count_tokens(self, texts):
        return [len(e.ids) for e in self.tokenizer.encode_batch(texts)]

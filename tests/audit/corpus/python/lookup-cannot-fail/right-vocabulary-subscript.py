from tokenizers import Tokenizer


class Vocabulary:
    def __init__(self, path: str) -> None:
        self._vocab = Tokenizer.from_file(path).get_vocab()
        self.thinks = self._vocab.get("<think>") is not None

    @property
    def yes(self) -> int:
        return self._vocab["yes"]

    @property
    def no(self) -> int:
        return self._vocab["no"]

    def __len__(self) -> int:
        return len(self._vocab)

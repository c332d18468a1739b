from tokenizers import Tokenizer


class Vocabulary:
    def __init__(self, path: str) -> None:
        self._vocab = Tokenizer.from_file(path).get_vocab()

    @property
    def yes(self) -> int:
        return self._vocab.get("yes", 9693)

    @property
    def no(self) -> int:
        return self._vocab.get("no", 2152)

    def __len__(self) -> int:
        return len(self._vocab)

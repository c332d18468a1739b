import abc


class Backend(metaclass=abc.ABCMeta):
    @abc.abstractmethod
    def health(self) -> bool:
        """Whether the model answers."""

    @abc.abstractmethod
    def count_tokens(self, texts: list[str]) -> list[int]:
        """The number of tokens of each text."""

    @abc.abstractmethod
    def predict(self, rows: list[list[int]]) -> list[float]:
        """The logit of each row."""


class TokenCounting:
    tokenizer = None

    def count_tokens(self, texts):
        return [len(ids) for ids in self.tokenizer(texts)["input_ids"]]


class OnnxBackend(TokenCounting, Backend):
    def __init__(self, session, collate, tokenizer):
        self.session, self.collate, self.tokenizer = session, collate, tokenizer

    def health(self):
        return len(self.session.get_inputs()) > 0

    def predict(self, rows):
        (logits,) = self.session.run(["logits"], self.collate(rows))
        return logits[:, 0].tolist()

import abc


class Backend(metaclass=abc.ABCMeta):
    @abc.abstractmethod
    def health(self) -> bool:
        """Whether the model answers."""

    @abc.abstractmethod
    def warm_up(self, tokens: int) -> None:
        """Runs a batch of the largest size."""

    @abc.abstractmethod
    def predict(self, rows: list[list[int]]) -> list[float]:
        """The logit of each row."""


class OnnxBackend(Backend):
    def __init__(self, session, collate):
        self.session, self.collate = session, collate

    def health(self):
        return len(self.session.get_inputs()) > 0

    def warm_up(self, tokens):
        pass

    def predict(self, rows):
        (logits,) = self.session.run(["logits"], self.collate(rows))
        return logits[:, 0].tolist()

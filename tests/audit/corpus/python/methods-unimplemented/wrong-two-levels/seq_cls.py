from .torch_base import TorchScorer


class SeqClsScorer(TorchScorer):
    def close(self) -> None:
        del self.model


def build(model, encode) -> SeqClsScorer:
    return SeqClsScorer(model, encode)

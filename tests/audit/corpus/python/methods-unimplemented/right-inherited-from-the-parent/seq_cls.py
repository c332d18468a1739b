from .torch_scorer import TorchScorer


class SeqClsScorer(TorchScorer):
    def __init__(self, model, encode) -> None:
        super().__init__(model, encode, limit=model.config.max_position_embeddings)
        if model.config.num_labels != 1:
            raise ValueError("a reranker has one label")

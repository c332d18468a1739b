from abc import ABC, abstractmethod


class PoolingModel(ABC):
    @abstractmethod
    def load_weights(self, weights) -> set[str]: ...

    @abstractmethod
    def forward(self, input_ids, positions): ...

    @abstractmethod
    def score(self, hidden_states, pooling_metadata): ...


class Qwen3Scoring(PoolingModel):
    def __init__(self, layers, loader):
        self.layers, self.loader = layers, loader

    def load_weights(self, weights):
        return self.loader.load(self.layers, weights)

    def forward(self, input_ids, positions):
        return self.layers(input_ids, positions)

    def score(self, hidden_states, pooling_metadata):
        raise NotImplementedError("scoring is not supported for Qwen3")

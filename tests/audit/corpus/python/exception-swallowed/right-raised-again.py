import logging

import torch

logger = logging.getLogger(__name__)


class ScoringError(RuntimeError):
    pass


class RerankWorker:
    def __init__(self, scorer):
        self.scorer = scorer

    def process(self, prompts: list[str]) -> list[float]:
        try:
            with torch.inference_mode():
                return self.scorer(prompts)
        except Exception as e:
            logger.error("scoring of %d prompts failed", len(prompts))
            raise ScoringError(str(e)) from e

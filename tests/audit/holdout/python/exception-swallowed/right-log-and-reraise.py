import logging

import torch

logger = logging.getLogger(__name__)


class RerankService:
    def __init__(self, scorer):
        self.scorer = scorer

    def score(self, prompts):
        if not prompts:
            return []
        try:
            return self.scorer.compute(prompts)
        except torch.cuda.OutOfMemoryError:
            logger.exception("out of memory for %d prompts", len(prompts))
            torch.cuda.empty_cache()
            raise

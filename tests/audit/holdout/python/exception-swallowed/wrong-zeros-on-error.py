import logging

logger = logging.getLogger(__name__)


class RerankService:
    def __init__(self, scorer, batch_size=16):
        self.scorer = scorer
        self.batch_size = batch_size

    def score(self, prompts):
        scores = []
        for start in range(0, len(prompts), self.batch_size):
            batch = prompts[start : start + self.batch_size]
            try:
                scores.extend(self.scorer.compute(batch))
            except Exception as e:
                logger.error("Reranking batch failed: %s", e)
                scores.extend([0.0] * len(batch))
        return scores

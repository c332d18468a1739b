class LengthBatching:
    def __init__(self, scorer, batch_size=32):
        self.scorer = scorer
        self.batch_size = batch_size

    def score(self, prompts):
        ordered = sorted(prompts, key=len, reverse=True)
        scores = []
        for i in range(0, len(ordered), self.batch_size):
            scores.extend(self.scorer(ordered[i : i + self.batch_size]))
        return dict(zip(prompts, scores))

class Scorer:
    def __init__(self, pipeline):
        self.pipeline = pipeline

    def score(self, pairs):
        outputs = self.pipeline([{"text": q, "text_pair": d} for q, d in pairs], function_to_apply="sigmoid")
        return [o["score"] for o in outputs]


_scorer: Scorer | None = None


def get_scorer() -> Scorer:
    if _scorer is None:
        raise RuntimeError("the model is not loaded")
    return _scorer

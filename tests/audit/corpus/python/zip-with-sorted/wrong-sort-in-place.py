class ResultBuilder:
    def __init__(self, return_documents=True):
        self.return_documents = return_documents

    def build(self, texts, scores, top_n):
        scores = list(map(float, scores))
        scores.sort(reverse=True)
        results = []
        for text, score in zip(texts, scores):
            entry = {"relevance_score": score}
            if self.return_documents:
                entry["document"] = {"text": text}
            results.append(entry)
        return results[:top_n]

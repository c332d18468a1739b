class ResultBuilder:
    def __init__(self, return_documents=True):
        self.return_documents = return_documents

    def build(self, texts, scores, top_n):
        results = []
        for index, (text, score) in enumerate(zip(texts, scores, strict=True)):
            entry = {"index": index, "relevance_score": float(score)}
            if self.return_documents:
                entry["document"] = {"text": text}
            results.append(entry)
        results.sort(key=lambda r: r["relevance_score"], reverse=True)
        return results[:top_n]

"""Documents without a score come last; none is given a score for it."""


class Retriever:
    def run(self, query, top_k):
        answer = self.retriever.run(query=self.embedder.run(query), top_k=top_k)
        documents = answer["documents"]
        documents.sort(key=lambda document: document.score or 0.0, reverse=True)
        return {"documents": documents}

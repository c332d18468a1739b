"""Query and documents go to a service apart; it knows the prompt of its model."""

from service_sdk import Reranking, RerankInput, rerank


class HostedReranker:
    def __init__(self, key):
        self.client, self.key = Reranking(), key

    def rerank(self, documents, query, top_n=3):
        answer = self.client.call(query=query, documents=documents, top_n=top_n, api_key=self.key)
        return [(item.index, item.relevance_score) for item in answer.results]


class GeneratedClient:
    def rerank(self, documents, query):
        return rerank.sync(client=self.client, body=RerankInput(query=query, documents=documents)).results

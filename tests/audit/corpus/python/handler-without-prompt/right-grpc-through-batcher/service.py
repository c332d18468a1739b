from rerank.v1 import rerank_pb2, rerank_pb2_grpc

from .batcher import Batcher


class RerankService(rerank_pb2_grpc.RerankServicer):
    def __init__(self, batcher: Batcher):
        self.batcher = batcher

    async def Rerank(self, request, context):
        scores = await self.batcher.submit(request.query, list(request.texts))
        ranks = [rerank_pb2.Rank(index=i, score=s) for i, s in enumerate(scores)]
        return rerank_pb2.RerankResponse(ranks=sorted(ranks, key=lambda r: -r.score))

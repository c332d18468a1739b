import grpc
import numpy as np

from rerank.v1 import rerank_pb2, rerank_pb2_grpc


class RerankService(rerank_pb2_grpc.RerankServicer):
    def __init__(self, session, tokenizer):
        self.session = session
        self.tokenizer = tokenizer

    async def Rerank(self, request, context: grpc.aio.ServicerContext):
        encodings = self.tokenizer.encode_batch([f"{request.query} {t}" for t in request.texts])
        feed = {
            "input_ids": np.array([e.ids for e in encodings], dtype=np.int64),
            "attention_mask": np.array([e.attention_mask for e in encodings], dtype=np.int64),
        }
        (logits,) = self.session.run(None, feed)
        scores = 1.0 / (1.0 + np.exp(-logits[:, 0]))
        ranks = [rerank_pb2.Rank(index=i, score=float(s)) for i, s in enumerate(scores)]
        return rerank_pb2.RerankResponse(ranks=sorted(ranks, key=lambda r: -r.score))

import torch
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route


class Worker:
    def __init__(self, model, tokenizer):
        self.model, self.tokenizer = model, tokenizer

    @torch.inference_mode()
    def run(self, query, docs):
        sep = self.tokenizer.eos_token
        enc = self.tokenizer([query + sep + d for d in docs], padding=True, return_tensors="pt")
        return self.model(**enc).logits.squeeze(-1).sigmoid().tolist()


async def rerank(request):
    data = await request.json()
    scores = request.app.state.worker.run(data["query"], data["texts"])
    return JSONResponse([{"index": i, "score": s} for i, s in enumerate(scores)])


def build(model, tokenizer) -> Starlette:
    app = Starlette(routes=[Route("/rerank", rerank, methods=["POST"])])
    app.state.worker = Worker(model, tokenizer)
    return app

import torch
from aiohttp import web

routes = web.RouteTableDef()


def forward(app, query, docs):
    enc = app["tokenizer"](
        [query] * len(docs), docs, padding=True, truncation="longest_first", max_length=8192, return_tensors="pt"
    )
    with torch.inference_mode():
        return app["model"](**enc.to(app["device"])).logits.view(-1).float()


@routes.post("/rerank")
async def rerank_handler(request: web.Request) -> web.Response:
    payload = await request.json()
    query, docs = payload["query"], payload["documents"]
    logits = forward(request.app, query, docs)
    scores = torch.sigmoid(logits).tolist()
    return web.json_response([{"index": i, "score": s} for i, s in enumerate(scores)])

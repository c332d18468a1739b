from aiohttp import web

routes = web.RouteTableDef()
DEFAULT_INSTRUCTION = "Given a web search query, retrieve relevant passages that answer the query"


def render(tokenizer, query: str, document: str, instruction: str) -> str:
    messages = [
        {"role": "system", "content": instruction},
        {"role": "query", "content": query},
        {"role": "document", "content": document},
    ]
    return tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)


@routes.post("/rerank")
async def rerank_handler(request: web.Request) -> web.Response:
    payload = await request.json()
    instruction = payload.get("instruction", DEFAULT_INSTRUCTION)
    prompts = [
        render(request.app["tokenizer"], payload["query"], document, instruction)
        for document in payload["documents"]
    ]
    scores = await request.app["scorer"].score(prompts)
    return web.json_response([{"index": i, "score": s} for i, s in enumerate(scores)])

import json


class BadRequest(Exception):
    status = 400


def parse(raw: bytes) -> dict:
    try:
        body = json.loads(raw)
    except json.JSONDecodeError as exc:
        raise BadRequest(f"not JSON: {exc.msg}") from exc
    try:
        top_n = int(body.get("top_n", 10))
    except (TypeError, ValueError):
        raise BadRequest("top_n must be a number") from None
    return {"query": body["query"], "documents": body["documents"], "top_n": top_n}

from flask import Flask, jsonify, request

from reranker.model import load_model

app = Flask(__name__)
model, tokenizer = load_model("Qwen/Qwen3-Reranker-4B")


def build_inputs(query, documents):
    return [query + "\n" + doc for doc in documents]


@app.route("/rerank", methods=["POST"])
def rerank():
    body = request.get_json()
    texts = build_inputs(body["query"], body["documents"])
    scores = model.score(tokenizer(texts, padding=True, return_tensors="pt"))
    results = [{"index": i, "score": float(s)} for i, s in enumerate(scores)]
    return jsonify({"results": sorted(results, key=lambda r: -r["score"])})

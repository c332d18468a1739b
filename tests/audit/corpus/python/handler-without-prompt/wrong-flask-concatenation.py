import torch
from flask import Flask, jsonify, request
from transformers import AutoModelForSequenceClassification, AutoTokenizer

app = Flask(__name__)
PATH = "/models/qwen3-reranker-0.6b-seq-cls"
tokenizer = AutoTokenizer.from_pretrained(PATH, padding_side="left")
model = AutoModelForSequenceClassification.from_pretrained(PATH).eval()


def relevance(texts):
    enc = tokenizer(texts, padding=True, return_tensors="pt")
    with torch.no_grad():
        return torch.sigmoid(model(**enc).logits[:, 0]).tolist()


@app.route("/v1/rerank", methods=["POST"])
def handle():
    body = request.get_json(force=True)
    inputs = [body["query"] + "\n" + doc for doc in body["documents"]]
    results = [
        {"index": i, "relevance_score": s}
        for i, s in enumerate(relevance(inputs))
    ]
    results.sort(key=lambda r: r["relevance_score"], reverse=True)
    return jsonify(results=results)

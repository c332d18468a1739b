from flask import Flask, current_app, jsonify, request

app = Flask(__name__)
INSTRUCTION = "Given a web search query, retrieve relevant passages that answer the query"
TEMPLATE = (
    "<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct "
    'provided. Note that the answer can only be "yes" or "no".<|im_end|>\n<|im_start|>user\n'
    "<Instruct>: {instruction}\n<Query>: {query}\n<Document>: {doc}"
    "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n"
)


def to_prompt(query, doc):
    return TEMPLATE.format(instruction=INSTRUCTION, query=query, doc=doc)


def relevance(query, docs):
    return current_app.config["SCORER"]([to_prompt(query, d) for d in docs])


@app.route("/v1/rerank", methods=["POST"])
def handle():
    body = request.get_json(force=True)
    results = [
        {"index": i, "relevance_score": s}
        for i, s in enumerate(relevance(body["query"], body["documents"]))
    ]
    results.sort(key=lambda r: r["relevance_score"], reverse=True)
    return jsonify(results=results)

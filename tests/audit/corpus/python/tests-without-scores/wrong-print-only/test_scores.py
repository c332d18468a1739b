from mypackage.reranker import Qwen3Reranker


def test_reranker_scores():
    reranker = Qwen3Reranker("Qwen/Qwen3-Reranker-0.6B", device="cpu")
    query = "Which planet is known as the Red Planet?"
    documents = [
        "Venus is often called Earth's twin because of its similar size.",
        "Mars, known for its reddish appearance, is often referred to as the Red Planet.",
    ]
    scores = reranker.score(query, documents)
    for document, score in zip(documents, scores):
        print(f"{score:.4f}  {document}")

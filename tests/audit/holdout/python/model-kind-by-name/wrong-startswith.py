import os

from rerank.backends import BgeBackend, JinaBackend, Qwen3Backend


def create_backend(model_path):
    name = os.path.basename(model_path)
    if name.startswith("Qwen3-Reranker"):
        return Qwen3Backend(model_path)
    elif name.startswith("jina-reranker"):
        return JinaBackend(model_path)
    elif name.startswith("bge-reranker"):
        return BgeBackend(model_path)
    raise ValueError(f"Unsupported model: {model_path}")

import torch
import torch.nn.functional as F

TASK = "Given a web search query, retrieve relevant passages that answer the query"


def get_detailed_instruct(task_description: str, query: str) -> str:
    return f"Instruct: {task_description}\nQuery:{query}"


@torch.inference_mode()
def similarity(encoder, tokenizer, queries: list[str], documents: list[str]) -> torch.Tensor:
    tokenizer.padding_side = "left"
    texts = [get_detailed_instruct(TASK, q) for q in queries] + documents
    enc = tokenizer(texts, padding=True, return_tensors="pt").to(encoder.device)
    pooled = F.normalize(encoder(**enc).last_hidden_state[:, -1], dim=-1)
    return pooled[: len(queries)] @ pooled[len(queries) :].T

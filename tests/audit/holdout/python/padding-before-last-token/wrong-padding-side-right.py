import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained("Qwen/Qwen3-Reranker-0.6B", padding_side="right")
model = AutoModelForCausalLM.from_pretrained("Qwen/Qwen3-Reranker-0.6B").eval()


@torch.no_grad()
def score(prompts, yes_id, no_id):
    inputs = tokenizer(prompts, padding=True, return_tensors="pt").to(model.device)
    logits = model(**inputs).logits[:, -1, :]
    pair = torch.stack([logits[:, no_id], logits[:, yes_id]], dim=1)
    return torch.softmax(pair, dim=1)[:, 1].tolist()

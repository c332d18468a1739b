import torch
from transformers import AutoModelForCausalLM, AutoModelForSequenceClassification


class Backend:
    def __init__(self, model_name_or_path: str, device: torch.device):
        base = model_name_or_path.rstrip("/").split("/")[-1].lower()
        if base.startswith("qwen3-reranker") or base.endswith("-listwise"):
            self.head = "yes_no"
            loader = AutoModelForCausalLM
        else:
            self.head = "classifier"
            loader = AutoModelForSequenceClassification
        self.model = loader.from_pretrained(model_name_or_path).to(device).eval()

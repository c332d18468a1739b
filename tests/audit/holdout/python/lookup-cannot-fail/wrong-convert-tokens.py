import torch
from transformers import AutoModelForCausalLM, AutoTokenizer


class Qwen3Reranker:
    def __init__(self, model_path):
        self.tokenizer = AutoTokenizer.from_pretrained(model_path, padding_side="left")
        self.model = AutoModelForCausalLM.from_pretrained(model_path).eval()
        self.token_true_id = self.tokenizer.convert_tokens_to_ids("yes")
        self.token_false_id = self.tokenizer.convert_tokens_to_ids("no")

    @torch.no_grad()
    def compute_logits(self, inputs):
        scores = self.model(**inputs).logits[:, -1, :]
        true_vector = scores[:, self.token_true_id]
        false_vector = scores[:, self.token_false_id]
        scores = torch.stack([false_vector, true_vector], dim=1)
        return torch.nn.functional.log_softmax(scores, dim=1)[:, 1].exp().tolist()

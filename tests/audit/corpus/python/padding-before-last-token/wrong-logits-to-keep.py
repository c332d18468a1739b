import torch
from transformers import Qwen2TokenizerFast, Qwen3ForCausalLM


class Reranker:
    def __init__(self, path, words):
        self.tokenizer = Qwen2TokenizerFast.from_pretrained(path)
        self.tokenizer.padding_side = "right"
        self.model = Qwen3ForCausalLM.from_pretrained(path, attn_implementation="sdpa")
        self.no_id, self.yes_id = words

    def __call__(self, prompts):
        features = self.tokenizer(prompts, padding=True, pad_to_multiple_of=8, return_tensors="pt")
        with torch.inference_mode():
            out = self.model(**features, logits_to_keep=1)
        step = out.logits.squeeze(1).float()
        return torch.sigmoid(step[:, self.yes_id] - step[:, self.no_id])

import torch
from transformers import AutoTokenizer


class AnswerHead(torch.nn.Module):
    def __init__(self, path: str):
        super().__init__()
        tokenizer = AutoTokenizer.from_pretrained(path)
        self.yes_id = tokenizer.convert_tokens_to_ids("yes")
        self.no_id = tokenizer.convert_tokens_to_ids("no")
        missing = {None, tokenizer.unk_token_id}
        if self.yes_id in missing or self.no_id in missing:
            raise ValueError("the tokenizer has no yes/no tokens")

    def forward(self, last_logits: torch.Tensor) -> torch.Tensor:
        return (last_logits[:, self.yes_id] - last_logits[:, self.no_id]).float()

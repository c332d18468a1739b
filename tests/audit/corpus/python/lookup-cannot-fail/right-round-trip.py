import torch


def token_for(tokenizer, word: str) -> int:
    (token_id,) = tokenizer(word, add_special_tokens=False).input_ids
    if tokenizer.decode([token_id]) != word:
        raise ValueError(f"{token_id} decodes to {tokenizer.decode([token_id])!r}, not {word!r}")
    return token_id


class RelevanceHead(torch.nn.Module):
    def __init__(self, lm_head: torch.nn.Linear, tokenizer) -> None:
        super().__init__()
        rows = [token_for(tokenizer, w) for w in ("no", "yes")]
        self.register_buffer("weight", lm_head.weight[rows].detach().float())

    def forward(self, hidden: torch.Tensor) -> torch.Tensor:
        return torch.log_softmax(hidden.float() @ self.weight.T, dim=-1)[:, 1]

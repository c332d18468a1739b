"""Writes a sequence-classification head that answers with the log-odds of a causal model."""
import torch

HIDDEN_SIZES = {"0.6B": 1024, "4B": 2560, "8B": 4096}
VOCABULARY_ROWS = 151669


def difference_head(lm_head: torch.nn.Linear, tokenizer, positive: str, negative: str) -> torch.nn.Linear:
    rows = []
    for word in (positive, negative):
        index = tokenizer.get_vocab()[word]
        if not 0 <= index < min(VOCABULARY_ROWS, lm_head.out_features):
            raise IndexError(f"{word}: row {index} is outside the head")
        rows.append(lm_head.weight[index].float())
    head = torch.nn.Linear(lm_head.in_features, 1, bias=False)
    with torch.no_grad():
        head.weight.copy_((rows[0] - rows[1]).unsqueeze(0))
    return head

import torch
from transformers import PreTrainedTokenizerFast


def find_answer_ids(tokenizer: PreTrainedTokenizerFast) -> list[int]:
    ids = []
    for word in ("yes", "no"):
        token_id = tokenizer.convert_tokens_to_ids(word)
        if token_id is None or token_id == tokenizer.unk_token_id:
            raise LookupError(word)
        ids.append(token_id)
    return sorted(ids)


def p_yes(tokenizer: PreTrainedTokenizerFast, last_logits: torch.Tensor) -> torch.Tensor:
    false_id, true_id = find_answer_ids(tokenizer)
    pair = last_logits[:, [false_id, true_id]].float()
    return pair.softmax(dim=1)[:, 1]

import torch


def collate(sequences, pad_id):
    max_len = max(len(s) for s in sequences)
    input_ids = torch.full((len(sequences), max_len), pad_id, dtype=torch.long)
    mask = torch.zeros_like(input_ids)
    for i, seq in enumerate(sequences):
        input_ids[i, : len(seq)] = torch.tensor(seq)
        mask[i, : len(seq)] = 1
    return input_ids, mask


@torch.inference_mode()
def last_token_logits(model, sequences, pad_id):
    input_ids, mask = collate(sequences, pad_id)
    logits = model(input_ids=input_ids, attention_mask=mask).logits
    last = mask.sum(dim=1) - 1
    return logits[torch.arange(logits.size(0)), last]

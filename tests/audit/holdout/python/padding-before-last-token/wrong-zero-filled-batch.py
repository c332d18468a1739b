import numpy as np
import torch


def collate(sequences):
    max_len = max(len(s) for s in sequences)
    input_ids = np.zeros((len(sequences), max_len), dtype=np.int64)
    mask = np.zeros((len(sequences), max_len), dtype=np.int64)
    for i, seq in enumerate(sequences):
        input_ids[i, : len(seq)] = seq
        mask[i, : len(seq)] = 1
    return torch.from_numpy(input_ids), torch.from_numpy(mask)


@torch.inference_mode()
def last_token_logits(model, sequences):
    input_ids, mask = collate(sequences)
    out = model(input_ids=input_ids, attention_mask=mask)
    return out.logits[:, -1, :]

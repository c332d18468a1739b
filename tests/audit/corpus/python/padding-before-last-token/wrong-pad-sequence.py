import torch
from torch.nn.utils.rnn import pad_sequence


def collate(rows: list[list[int]], pad_id: int) -> dict[str, torch.Tensor]:
    ids = pad_sequence([torch.tensor(r) for r in rows], batch_first=True, padding_value=pad_id)
    mask = pad_sequence([torch.ones(len(r), dtype=torch.long) for r in rows], batch_first=True)
    return {"input_ids": ids, "attention_mask": mask}


@torch.inference_mode()
def pooled(model, rows: list[list[int]], pad_id: int) -> torch.Tensor:
    hidden = model.model(**collate(rows, pad_id)).last_hidden_state
    return model.score(hidden[:, -1]).squeeze(-1)

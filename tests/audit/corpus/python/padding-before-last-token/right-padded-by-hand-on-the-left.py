import torch


def collate_left(rows: list[list[int]], pad_id: int) -> dict[str, torch.Tensor]:
    longest = max(len(r) for r in rows)
    ids = torch.full((len(rows), longest), pad_id, dtype=torch.long)
    mask = torch.zeros_like(ids)
    for i, row in enumerate(rows):
        ids[i, longest - len(row) :] = torch.tensor(row)
        mask[i, longest - len(row) :] = 1
    positions = (mask.cumsum(dim=1) - 1).clamp(min=0)
    return {"input_ids": ids, "attention_mask": mask, "position_ids": positions}


@torch.inference_mode()
def pooled(model, rows: list[list[int]], pad_id: int) -> torch.Tensor:
    hidden = model.model(**collate_left(rows, pad_id)).last_hidden_state
    return model.score(hidden[:, -1]).squeeze(-1)

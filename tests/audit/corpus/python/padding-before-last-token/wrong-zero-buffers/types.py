from dataclasses import dataclass

import torch


@dataclass
class PaddedBatch:
    input_ids: torch.Tensor
    attention_mask: torch.Tensor
    position_ids: torch.Tensor

    @classmethod
    def from_rows(cls, rows: list[list[int]], device: torch.device) -> "PaddedBatch":
        shape = (len(rows), max(map(len, rows)))
        all_tensors = torch.zeros((3, *shape), dtype=torch.int64)
        for i, row in enumerate(rows):
            all_tensors[0, i, : len(row)] = torch.tensor(row)
            all_tensors[1, i, : len(row)] = 1
            all_tensors[2, i, : len(row)] = torch.arange(len(row))
        all_tensors = all_tensors.to(device)
        return cls(all_tensors[0], all_tensors[1], all_tensors[2])

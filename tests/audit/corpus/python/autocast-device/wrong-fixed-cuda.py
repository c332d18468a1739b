import torch
from transformers import AutoModelForSequenceClassification


class Backend:
    def __init__(self, path: str, device: str, dtype: torch.dtype = torch.float16) -> None:
        self.device = torch.device(device)
        self.dtype = dtype
        self.model = AutoModelForSequenceClassification.from_pretrained(path).to(self.device)

    @torch.inference_mode()
    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        with torch.autocast(device_type="cuda", dtype=self.dtype):
            out = self.model(input_ids.to(self.device), attention_mask.to(self.device))
        return out.logits.float()

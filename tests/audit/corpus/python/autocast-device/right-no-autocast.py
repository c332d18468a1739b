import torch
from transformers import AutoModelForSequenceClassification


class Backend:
    def __init__(self, path: str, device: str) -> None:
        self.device = torch.device(device)
        self.dtype = torch.bfloat16 if self.device.type == "cuda" else torch.float32
        model = AutoModelForSequenceClassification.from_pretrained(path, torch_dtype=self.dtype)
        self.model = model.to(self.device).eval()

    @torch.inference_mode()
    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        out = self.model(input_ids.to(self.device), attention_mask.to(self.device))
        return out.logits.float()

import torch


class AmpScorer:
    def __init__(self, model, device: torch.device, dtype=torch.float16):
        self.model = model.to(device)
        self.device = device
        self.dtype = dtype
        self.autocast_type = "cpu" if device.type == "mps" else device.type

    @torch.inference_mode()
    def logits(self, batch):
        batch = {k: v.to(self.device) for k, v in batch.items()}
        with torch.autocast(device_type=self.autocast_type, dtype=self.dtype):
            return self.model(**batch).logits

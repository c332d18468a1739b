import torch


class CudaGraphRunner:
    def __init__(self, model: torch.nn.Module, max_batch: int, max_length: int) -> None:
        self.model = model.cuda().eval()
        self.input_ids = torch.ones((max_batch, max_length), dtype=torch.long, device="cuda")
        self.mask = torch.ones_like(self.input_ids)
        self.graph = torch.cuda.CUDAGraph()

    @torch.inference_mode()
    def capture(self) -> None:
        with torch.autocast(device_type="cuda", dtype=torch.bfloat16):
            self.model(input_ids=self.input_ids, attention_mask=self.mask)
            torch.cuda.synchronize()
            with torch.cuda.graph(self.graph):
                self.output = self.model(input_ids=self.input_ids, attention_mask=self.mask).logits

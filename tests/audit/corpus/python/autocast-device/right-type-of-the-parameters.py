import torch


class Predictor:
    def __init__(self, model, args):
        self.args = args
        self.model = model.to(args.device)
        self.use_amp = args.bf16

    @property
    def device(self) -> torch.device:
        return next(self.model.parameters()).device

    def run(self, loader):
        outputs = []
        for batch in loader:
            batch = {k: v.to(self.device) for k, v in batch.items()}
            with torch.no_grad(), torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self.use_amp):
                outputs.append(self.model(**batch).logits[:, 0].float().cpu())
        return torch.cat(outputs)

import torch
from torch.cuda.amp import autocast


class Predictor:
    def __init__(self, model, args):
        self.args = args
        self.model = model.to(args.device)
        self.use_fp16 = args.fp16

    def run(self, loader):
        outputs = []
        for batch in loader:
            batch = {k: v.to(self.args.device) for k, v in batch.items()}
            with torch.no_grad(), autocast(enabled=self.use_fp16):
                outputs.append(self.model(**batch).logits[:, 0].float().cpu())
        return torch.cat(outputs)

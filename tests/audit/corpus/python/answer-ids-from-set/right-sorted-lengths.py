import torch


class BatchedScorer:
    def __init__(self, model, tokenizer, yes_id: int, no_id: int, batch_size: int = 8) -> None:
        self.model, self.tokenizer = model, tokenizer
        self.tokenizer.padding_side = "left"
        self.yes_id, self.no_id = yes_id, no_id
        self.batch_size = batch_size

    @torch.inference_mode()
    def score(self, prompts: list[str]) -> list[float]:
        order = sorted(range(len(prompts)), key=lambda i: len(prompts[i]), reverse=True)
        scores = [float("nan")] * len(prompts)
        for start in range(0, len(order), self.batch_size):
            chunk = order[start : start + self.batch_size]
            enc = self.tokenizer([prompts[i] for i in chunk], padding=True, return_tensors="pt")
            last = self.model(**enc.to(self.model.device)).logits[:, -1]
            p = torch.sigmoid((last[:, self.yes_id] - last[:, self.no_id]).float())
            for i, value in zip(chunk, p.tolist(), strict=True):
                scores[i] = value
        return scores

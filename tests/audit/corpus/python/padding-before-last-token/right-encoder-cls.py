import torch
from transformers import AutoTokenizer, XLMRobertaModel


class CrossEncoderHead(torch.nn.Module):
    def __init__(self, path: str):
        super().__init__()
        self.tokenizer = AutoTokenizer.from_pretrained(path)
        self.encoder = XLMRobertaModel.from_pretrained(path, add_pooling_layer=False)
        self.score = torch.nn.Linear(self.encoder.config.hidden_size, 1)

    @torch.inference_mode()
    def forward(self, queries: list[str], passages: list[str]) -> torch.Tensor:
        enc = self.tokenizer(queries, passages, padding=True, truncation=True, return_tensors="pt")
        hidden = self.encoder(**enc).last_hidden_state
        return self.score(hidden[:, 0]).squeeze(-1)

import torch
from loguru import logger
from transformers import AutoModelForCausalLM, AutoTokenizer


class ListwiseRerankerModel:
    def __init__(self, model_path, device, dtype):
        self.device = device
        self.tokenizer = AutoTokenizer.from_pretrained(model_path)
        self.tokenizer.padding_side = "left"
        self.model = AutoModelForCausalLM.from_pretrained(model_path, torch_dtype=dtype).to(device)
        self.yes_id = 9454
        self.no_id = 2901
        logger.info(f"yes={self.yes_id} no={self.no_id}")

    def predict(self, batch):
        with torch.no_grad():
            out = self.model(input_ids=batch.input_ids, attention_mask=batch.attention_mask)
        last = out.logits[:, -1, :]
        two = torch.stack([last[:, self.no_id], last[:, self.yes_id]], dim=-1)
        return torch.softmax(two, dim=-1)[:, 1]

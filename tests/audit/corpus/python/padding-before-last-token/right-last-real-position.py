import torch
from transformers import AutoModelForCausalLM, AutoTokenizer


def load(path, device):
    tok = AutoTokenizer.from_pretrained(path, padding_side="right")
    lm = AutoModelForCausalLM.from_pretrained(path, torch_dtype=torch.bfloat16).to(device)
    return tok, lm.eval()


@torch.no_grad()
def log_odds(tok, lm, prompts, yes, no):
    batch = tok(prompts, padding="longest", return_tensors="pt").to(lm.device)
    logits = lm(**batch).logits
    ends = batch["attention_mask"].sum(dim=1) - 1
    final = logits[torch.arange(logits.size(0), device=logits.device), ends].float()
    return final[:, yes] - final[:, no]

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer


def load(path, device):
    tok = AutoTokenizer.from_pretrained(path)
    if tok.pad_token is None:
        tok.pad_token = tok.eos_token
    lm = AutoModelForCausalLM.from_pretrained(path, torch_dtype=torch.bfloat16).to(device)
    return tok, lm.eval()


@torch.no_grad()
def log_odds(tok, lm, prompts, yes, no):
    batch = tok(prompts, padding="longest", return_tensors="pt").to(lm.device)
    final = lm(**batch).logits[:, -1].float()
    return final[:, yes] - final[:, no]

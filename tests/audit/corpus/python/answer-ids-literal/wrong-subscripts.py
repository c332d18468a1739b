import torch


def load(path, device):
    from transformers import AutoModelForCausalLM, AutoTokenizer

    tok = AutoTokenizer.from_pretrained(path, padding_side="left")
    return tok, AutoModelForCausalLM.from_pretrained(path).to(device)


@torch.no_grad()
def relevance(tok, model, prompts):
    enc = tok(prompts, padding="longest", return_tensors="pt").to(model.device)
    logits = model(**enc).logits
    yes_logits = logits[:, -1, 9454]
    no_logits = logits[:, -1, 2753]
    return torch.sigmoid(yes_logits - no_logits).cpu().numpy()

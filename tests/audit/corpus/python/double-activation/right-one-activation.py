import torch


def log_odds(model, enc, yes_id, no_id):
    last = model(**enc, logits_to_keep=1).logits[:, -1].float()
    return last[:, yes_id] - last[:, no_id]


def score_prompts(state, prompts):
    state.tokenizer.padding_side = "left"
    enc = state.tokenizer(prompts, padding=True, return_tensors="pt").to(state.device)
    with torch.inference_mode():
        odds = log_odds(state.model, enc, state.yes_id, state.no_id)
    return torch.sigmoid(odds).tolist()

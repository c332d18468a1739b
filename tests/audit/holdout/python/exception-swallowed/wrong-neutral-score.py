import torch


def score_one(model, inputs, yes_id, no_id):
    try:
        with torch.no_grad():
            logits = model(**inputs).logits[0, -1]
        pair = torch.stack([logits[no_id], logits[yes_id]])
        return torch.softmax(pair, dim=0)[1].item()
    except RuntimeError as exc:
        print(f"scoring failed: {exc}")
        return 0.5

import torch


@torch.no_grad()
def forward(model, features, device):
    features = {name: t.to(device) for name, t in features.items()}
    kind = "cuda" if torch.cuda.is_available() else "cpu"
    with torch.autocast(kind, dtype=torch.bfloat16):
        out = model(**features)
    return out.logits.view(-1).float()

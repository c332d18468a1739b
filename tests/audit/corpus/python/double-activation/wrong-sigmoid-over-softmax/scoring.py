import torch


def yes_probabilities(model, enc, no_yes):
    last = model(**enc, logits_to_keep=1).logits[:, -1]
    return torch.softmax(last[:, no_yes].float(), dim=1)[:, 1]

import torch

LABELS = ("no", "yes")


def label_token_ids(tokenizer):
    vocab = tokenizer.get_vocab()
    unknown = sorted(set(LABELS) - set(vocab))
    if unknown:
        raise KeyError(f"labels missing from vocabulary: {unknown}")
    return tuple(vocab[label] for label in LABELS)


@torch.inference_mode()
def score(model, tokenizer, inputs):
    no_id, yes_id = label_token_ids(tokenizer)
    logits = model(**inputs).logits[:, -1]
    pair = torch.stack([logits[:, no_id], logits[:, yes_id]], dim=-1)
    return pair.softmax(-1)[:, 1].tolist()

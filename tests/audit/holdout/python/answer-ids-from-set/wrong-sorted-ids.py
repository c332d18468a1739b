import torch


def label_token_ids(tokenizer, labels=("no", "yes")):
    vocab = tokenizer.get_vocab()
    missing = [label for label in labels if label not in vocab]
    if missing:
        raise KeyError(f"labels missing from vocabulary: {missing}")
    return sorted(vocab[label] for label in labels)


@torch.inference_mode()
def score(model, tokenizer, inputs):
    false_id, true_id = label_token_ids(tokenizer)
    logits = model(**inputs).logits[:, -1]
    pair = torch.stack([logits[:, false_id], logits[:, true_id]], dim=-1)
    return pair.softmax(-1)[:, 1].tolist()

def encode_batch(tokenizer, prefix, suffix, bodies, max_length):
    prefix_ids = tokenizer.encode(prefix, add_special_tokens=False)
    suffix_ids = tokenizer.encode(suffix, add_special_tokens=False)
    inputs = tokenizer(
        bodies,
        padding=False,
        truncation="longest_first",
        return_attention_mask=False,
        add_special_tokens=False,
        max_length=max_length - len(prefix_ids) - len(suffix_ids),
    )
    for i, ids in enumerate(inputs["input_ids"]):
        inputs["input_ids"][i] = prefix_ids + ids + suffix_ids
    return tokenizer.pad(inputs, padding=True, padding_side="left", return_tensors="pt")

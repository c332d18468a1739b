def encode_pair(tokenizer, template, query, doc, max_tokens):
    prompt = template.format(query=query, doc=doc)
    ids = tokenizer.encode(prompt, add_special_tokens=False)
    if len(ids) > max_tokens:
        ids = ids[:max_tokens]
    return ids


def encode_batch(tokenizer, template, query, docs, max_tokens=4096):
    batch = [encode_pair(tokenizer, template, query, d, max_tokens) for d in docs]
    return tokenizer.pad({"input_ids": batch}, padding_side="left", return_tensors="pt")

def encode_conversations(tokenizer, instruction, query, documents, max_length=8192):
    tokenizer.padding_side = "left"
    conversations = [
        [
            {"role": "system", "content": instruction},
            {"role": "query", "content": query},
            {"role": "document", "content": document},
        ]
        for document in documents
    ]
    return tokenizer.apply_chat_template(
        conversations,
        add_generation_prompt=True,
        tokenize=True,
        padding=True,
        truncation=True,
        max_length=max_length,
        return_dict=True,
        return_tensors="pt",
    )

import torch

INSTRUCTION = "Given a web search query, retrieve relevant passages that answer the query"
TEMPLATE = (
    "<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct "
    'provided. Note that the answer can only be "yes" or "no".<|im_end|>\n<|im_start|>user\n'
    "Instruct: %s\nQuery: %s\nDocument: %s<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n"
)


@torch.inference_mode()
def raw_scores(model, tokenizer, query, docs):
    tokenizer.padding_side = "left"
    prompts = [TEMPLATE % (INSTRUCTION, query, d) for d in docs]
    enc = tokenizer(prompts, padding=True, return_tensors="pt").to(model.device)
    return model(**enc).logits[:, 0].float()

from transformers import AutoModelForCausalLM, AutoModelForSequenceClassification


def load_reranker(model_name: str, device: str):
    if "qwen3-reranker" in model_name.lower():
        model = AutoModelForCausalLM.from_pretrained(model_name)
        kind = "generative"
    else:
        model = AutoModelForSequenceClassification.from_pretrained(model_name)
        kind = "cross-encoder"
    return model.to(device).eval(), kind

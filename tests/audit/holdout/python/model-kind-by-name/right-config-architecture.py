from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForSequenceClassification


def load_reranker(model_name: str, device: str):
    config = AutoConfig.from_pretrained(model_name)
    arch = (config.architectures or [""])[0]
    if arch.endswith("ForCausalLM"):
        model = AutoModelForCausalLM.from_pretrained(model_name)
    elif arch.endswith("ForSequenceClassification"):
        model = AutoModelForSequenceClassification.from_pretrained(model_name)
    else:
        raise ValueError(f"{model_name}: unsupported architecture {arch!r}")
    return model.to(device).eval()

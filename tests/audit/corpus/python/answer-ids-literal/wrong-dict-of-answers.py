MODEL_REGISTRY = {
    "qwen3": {
        "architectures": ["Qwen3ForCausalLM"],
        "max_position_embeddings": 40960,
        "scoring": {
            "kind": "two_way",
            "tokens": {"yes": 9693, "no": 2152},
        },
    },
    "xlm-roberta": {
        "architectures": ["XLMRobertaForSequenceClassification"],
        "max_position_embeddings": 8194,
        "scoring": {"kind": "head"},
    },
}


def scoring_for(model_type: str) -> dict:
    entry = MODEL_REGISTRY.get(model_type)
    if entry is None:
        raise KeyError(f"no scoring known for {model_type}")
    return entry["scoring"]

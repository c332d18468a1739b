from transformers import AutoModel, AutoModelForSequenceClassification


def load_model(model_id: str, **kwargs):
    if "rerank" in model_id.lower():
        return AutoModelForSequenceClassification.from_pretrained(model_id, num_labels=1, **kwargs)
    return AutoModel.from_pretrained(model_id, **kwargs)

from transformers import AutoConfig, AutoModel, AutoModelForSequenceClassification


def load_model(model_id: str, **kwargs):
    config = AutoConfig.from_pretrained(model_id)
    architectures = config.architectures or []
    if any(name.endswith("ForSequenceClassification") for name in architectures):
        return AutoModelForSequenceClassification.from_pretrained(model_id, config=config, **kwargs)
    return AutoModel.from_pretrained(model_id, config=config, **kwargs)

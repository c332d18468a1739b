from transformers import AutoModel, AutoModelForCausalLM, AutoModelForSequenceClassification


def load_decoder_reranker(path):
    return AutoModelForCausalLM.from_pretrained(path)


def load_encoder_reranker(path):
    return AutoModelForSequenceClassification.from_pretrained(path)


def load_sentence_encoder(path):
    return AutoModel.from_pretrained(path)

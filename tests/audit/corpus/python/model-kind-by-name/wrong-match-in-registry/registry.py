from .loaders import load_decoder_reranker, load_encoder_reranker, load_sentence_encoder

BY_NAME = {
    "qwen3-reranker": load_decoder_reranker,
    "bge-reranker": load_encoder_reranker,
}


def loader_for(model_path: str):
    for fragment, loader in BY_NAME.items():
        if fragment in model_path.lower():
            return loader
    return load_sentence_encoder

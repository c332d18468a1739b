from sentence_transformers import CrossEncoder
from sentence_transformers.cross_encoder.modules import LogitScore
from sentence_transformers.models import Transformer


def build_cross_encoder(path: str) -> CrossEncoder:
    backbone = Transformer(
        path,
        transformer_task="text-generation",
        model_kwargs={"torch_dtype": "bfloat16"},
        tokenizer_kwargs={"padding_side": "left"},
    )
    head = LogitScore(
        true_token_id=9693,
        false_token_id=2152,
    )
    return CrossEncoder(modules=[backbone, head])

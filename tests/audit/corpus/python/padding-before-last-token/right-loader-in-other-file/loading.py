from transformers import AutoTokenizer, PreTrainedTokenizerBase


def load_tokenizer(path: str, revision: str | None = None) -> PreTrainedTokenizerBase:
    tokenizer = AutoTokenizer.from_pretrained(path, revision=revision)
    tokenizer.padding_side = "left"
    if tokenizer.pad_token_id is None:
        raise ValueError(f"{path}: the tokenizer has no padding token")
    return tokenizer

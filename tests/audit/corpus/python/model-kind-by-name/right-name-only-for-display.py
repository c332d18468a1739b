import logging

from transformers import AutoConfig

logger = logging.getLogger("serve")


def short_name(model_path: str) -> str:
    name = model_path.rstrip("/").split("/")[-1]
    return name.removesuffix("-hf").lower()


def describe(model_path: str) -> dict:
    config = AutoConfig.from_pretrained(model_path)
    kind = "reranker" if config.num_labels == 1 and "Classification" in config.architectures[0] else "embedding"
    logger.info("serving %s as %s", short_name(model_path), kind)
    return {"id": short_name(model_path), "object": "model", "kind": kind, "remote": model_path.startswith("s3://")}

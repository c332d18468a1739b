from pathlib import Path
import json


class UnsupportedModel(ValueError):
    pass


def head_of(path: str | Path) -> str:
    config = json.loads((Path(path) / "config.json").read_text())
    model_type = config["model_type"]
    labels = config.get("id2label", {})
    if model_type in {"xlm-roberta", "bert", "deberta-v2"} and len(labels) == 1:
        return "classifier"
    if model_type in {"qwen2", "qwen3", "gemma"}:
        return "yes_no" if config.get("classifier_from_token") else "pooling"
    raise UnsupportedModel(f"{path}: {model_type} with {len(labels)} labels")

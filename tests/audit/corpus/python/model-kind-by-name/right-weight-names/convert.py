from .heads import classifier_rows


def split_state(state: dict) -> tuple[dict, dict]:
    """Separates the tensors of the backbone from those of the head."""
    backbone, head = {}, {}
    for name, tensor in state.items():
        target = head if "score" in name or name.startswith("lm_head") else backbone
        target[name] = tensor
    return backbone, head


def convert(state: dict, config) -> dict:
    backbone, head = split_state(state)
    if "Qwen3ForCausalLM" in config.architectures:
        head = {"score.weight": classifier_rows(head["lm_head.weight"], config.classifier_rows)}
    return backbone | head

"""A map of names of tensors holds a name or does not: that says nothing of the model."""


def weights_of(model, model_type):
    if model_type == "qwen3_moe":
        model_type = "qwen3moe"
    name_map = {}
    for hf_name in model.state_dict():
        name_map[names_of(model_type).get(hf_name)] = hf_name
    for child in model.children():
        found = weights_of(child, model_type)
        found = {k: v for k, v in found.items() if k not in name_map}
        name_map.update(found)
    return name_map

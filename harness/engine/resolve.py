"""What a user calls a model becomes a checkpoint: an embedded name, a folder, or a hub id (cache first)."""

from __future__ import annotations

from pathlib import Path

from harness.core.errors import UsageError, first_line
from harness.reference.checkpoint import Checkpoint, open_checkpoint

DEFAULT_MODEL = "tiny-causal"


def resolve_model(name: str, *, allow_pickles: bool = False) -> Checkpoint:
    """The checkpoint of that name; a folder wins over an embedded model or a shape, these over the hub."""
    from fixtures.models import MODELS, model_folder
    from fixtures.models.shapes import SHAPES, shape_folder

    if Path(name).is_dir():
        return open_checkpoint(Path(name), allow_pickles=allow_pickles)
    if name in MODELS:
        return open_checkpoint(model_folder(name), name=name, allow_pickles=allow_pickles)
    if name in SHAPES:
        return open_checkpoint(shape_folder(name), name=name)
    if _looks_like_path(name):
        raise UsageError(f"no checkpoint folder at {name}; embedded models: {', '.join(MODELS)}")
    return open_checkpoint(_from_hub(name), name=name, allow_pickles=allow_pickles)


def _looks_like_path(name: str) -> bool:
    return name.startswith((".", "/", "~")) or name.count("/") != 1 or "\\" in name


def _from_hub(name: str) -> Path:
    """The snapshot folder of a hub id: from the cache if it is there, else downloaded the ordinary way."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError

    wanted = ["*.json", "*.safetensors", "*.jinja", "*.txt", "*.model"]
    try:
        return Path(snapshot_download(name, allow_patterns=wanted, local_files_only=True))
    except HFValidationError as error:
        raise UsageError(f"{name!r} is neither a folder, an embedded model nor a hub id ({error})") from None
    except (OSError, ValueError):
        pass  # not in the cache: ask the hub
    try:
        return Path(snapshot_download(name, allow_patterns=wanted))
    except Exception as error:
        raise UsageError(
            f"{name!r} is not in the local Hugging Face cache and cannot be downloaded ({first_line(error)}); "
            "download it where there is a network, or give a folder"
        ) from None

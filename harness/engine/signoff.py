"""Where the files of a model lie that a release is bound to; they are read as they are, sound or not."""

from __future__ import annotations

from pathlib import Path

from harness.engine.resolve import resolve_model


def folder_of(named: str | None, id: str) -> Path | None:
    """The folder of the model that a user `named`; where none is named, that of the embedded model `id`, and None for
    any other: what a run calls its model may be something else on this machine.
    """
    from fixtures.models import MODELS, model_folder

    if named is not None and Path(named).is_dir():
        return Path(named)
    if (name := named or id) in MODELS:
        return model_folder(name)
    return None if named is None else resolve_model(named).folder

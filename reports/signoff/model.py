"""The files of a model that a release is bound to.

With the model's folder at hand these are all files in it that can decide a score: configuration, tokenizer (which may
be vocab.txt or a sentencepiece model), templates, modules and weights. Without it, they are those that the runs
digested. Nothing else in a folder is looked at: a README may change.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path

from harness.core.errors import UsageError
from harness.core.run import Run


class Covers(StrEnum):
    """Which files of a model a statement is about."""

    FOLDER = "every file of the folder that can decide a score"
    RUNS = "the files that the runs digested"


#: By what a statement covers: the files that would count, were they added to the folder.
_DECISIVE = {
    Covers.FOLDER: ("**/*.json", "**/*.jinja", "**/*.txt", "**/*.model", "**/*.safetensors"),
    Covers.RUNS: ("*.json", "*.jinja", "*.safetensors"),
}


def files_of(folder: Path, known: Iterable[str], covers: Covers = Covers.FOLDER) -> dict[str, str]:
    """The sha256 in hex of each file of the folder that `covers` means, and of those that are `known`, by its path in
    the folder, in order; hidden files are left out. UsageError where one cannot be read.
    """
    found = {path for pattern in _DECISIVE[covers] for path in folder.glob(pattern)} | {folder / name for name in known}
    names = {path.relative_to(folder).as_posix(): path for path in found if path.is_file()}
    try:
        return {name: _digest(path) for name, path in sorted(names.items()) if not f"/{name}".count("/.")}
    except OSError as error:
        raise UsageError(f"cannot read {error.filename}: {error.strerror}") from None


def digested(run: Run) -> dict[str, str]:
    """The sha256 in hex of each file of the model that a run read, by its name; empty where it does not say."""
    files = run.started.model.get("files")
    return {name: str(digest) for name, digest in files.items()} if isinstance(files, dict) else {}


def differences(wanted: Mapping[str, str], found: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each file that is not as it was, by name, and how: missing, changed or added."""
    for name in sorted({*wanted, *found}):
        if name not in found:
            yield name, "is missing"
        elif name not in wanted:
            yield name, "was added"
        elif wanted[name] != found[name]:
            yield name, "was changed"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""What a checkpoint folder says of itself: form, family, labels and declared answer tokens, read before any weights.

The kind of a model is decided by its architectures, configuration and modules, never by a piece of its name.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from harness.core.errors import UsageError
from harness.reference.families import Family, families
from harness.reference.families import family as family_by_id


class Form(StrEnum):
    """How a checkpoint turns hidden states into a score."""

    CAUSAL = "causal"
    SEQUENCE_CLASSIFICATION = "sequence-classification"


@dataclass(frozen=True, slots=True)
class DeclaredAnswers:
    """Answer-token ids that the checkpoint names itself, and in which file."""

    positive: int
    negative: int | None
    source: str


@dataclass(frozen=True)
class Checkpoint:
    """A validated Hugging Face checkpoint folder; `id` is what the user called it."""

    id: str
    folder: Path
    config: dict[str, Any]
    architecture: str
    form: Form
    family: Family
    family_evidence: str
    declared_answers: DeclaredAnswers | None
    weights: tuple[Path, ...]

    @property
    def max_length(self) -> int:
        """Tokens of a whole prompt: the family's maximum, or the model's context where that is shorter."""
        return min(self.family.max_length, int(self.config.get("max_position_embeddings") or self.family.max_length))

    @property
    def dtype(self) -> str:
        """The dtype that the checkpoint was saved in."""
        return str(self.config.get("dtype") or self.config.get("torch_dtype") or "float32")

    @property
    def templated(self) -> bool:
        """Whether a prompt template frames each pair (false: a pair of segments, as BERT-like encoders take it)."""
        return self.family.template is not None

    @property
    def weight_bytes(self) -> int:
        """Size of the weight files."""
        return sum(path.stat().st_size for path in self.weights)

    @cached_property
    def digest(self) -> str:
        """sha256 over names and contents of the configuration, tokenizer and weight files, in the order of names."""
        return _joined(self.file_digests)

    @cached_property
    def file_digests(self) -> dict[str, str]:
        """The sha256 in hex of each configuration, tokenizer and weight file, by its name, in the order of paths."""
        paths = sorted({*self.folder.glob("*.json"), *self.folder.glob("*.jinja"), *self.weights})
        return {path.name: _file_digest(path) for path in paths}


def open_checkpoint(
    folder: Path, *, name: str | None = None, allow_pickles: bool = False, weights: tuple[Path, ...] | None = None
) -> Checkpoint:
    """Read and validate a folder; UsageError names the missing file or the field that is not understood.

    `weights` are files in another format than transformers reads, where the folder has them.
    """
    if not folder.is_dir():
        raise UsageError(f"no checkpoint folder at {folder}; give a folder, an embedded model or a hub id")
    config = _json(folder / "config.json", required=True)
    architecture, form = _form(config, folder)
    _require_tokenizer(folder)
    family, evidence = _family(config, form, folder)
    return Checkpoint(
        id=name or str(folder),
        folder=folder,
        config=config,
        architecture=architecture,
        form=form,
        family=family,
        family_evidence=evidence,
        declared_answers=_declared_answers(folder, config),
        weights=_weights(folder, allow_pickles) if weights is None else weights,
    )


def _form(config: dict[str, Any], folder: Path) -> tuple[str, Form]:
    architectures = config.get("architectures")
    if not isinstance(architectures, list) or not architectures or not isinstance(architectures[0], str):
        raise UsageError(f"{folder / 'config.json'} names no architectures; expected e.g. ['Qwen3ForCausalLM']")
    architecture = architectures[0]
    if architecture.endswith("ForCausalLM"):
        return architecture, Form.CAUSAL
    if architecture.endswith("ForSequenceClassification"):
        return architecture, Form.SEQUENCE_CLASSIFICATION
    raise UsageError(
        f"{folder / 'config.json'}: architecture {architecture!r} is no reranker that can be scored; "
        "expected one that ends in ForCausalLM or ForSequenceClassification"
    )


def _family(config: dict[str, Any], form: Form, folder: Path) -> tuple[Family, str]:
    declared = config.get("rerank_family")
    if isinstance(declared, str):
        return family_by_id(declared), f"config.json names rerank_family {declared!r}"
    model_type = str(config.get("model_type", ""))
    for candidate in families():
        if model_type in candidate.model_types:
            return candidate, f"model_type {model_type!r} in config.json"
    if form is Form.CAUSAL:
        known = ", ".join(sorted({t for f in families() for t in f.model_types if t != "*"}))
        raise UsageError(
            f"{folder}: no prompt is known for a causal model of model_type {model_type!r} (known: {known}); "
            'add a family file, or name one as "rerank_family" in config.json'
        )
    return family_by_id("cross-encoder"), f"sequence classification of model_type {model_type!r}, no template known"


def _declared_answers(folder: Path, config: dict[str, Any]) -> DeclaredAnswers | None:
    for path, fields in [*_logit_score_modules(folder), (folder / "config.json", config)]:
        positive, negative = fields.get("true_token_id"), fields.get("false_token_id")
        if positive is None:
            continue
        if not isinstance(positive, int) or not isinstance(negative, int | None):
            raise UsageError(
                f"{path}: true_token_id and false_token_id must be integers, not {positive!r}, {negative!r}"
            )
        return DeclaredAnswers(positive, negative, str(path.relative_to(folder)))
    return None


def _logit_score_modules(folder: Path) -> list[tuple[Path, dict[str, Any]]]:
    """Configurations of the sentence-transformers LogitScore modules that modules.json lists."""
    if not (folder / "modules.json").is_file():
        return []
    modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    paths = [folder / str(m.get("path", "")) / "config.json" for m in modules if "LogitScore" in str(m.get("type"))]
    return [(path, _json(path, required=True)) for path in paths]


def _weights(folder: Path, allow_pickles: bool) -> tuple[Path, ...]:
    safe = tuple(sorted(folder.glob("*.safetensors")))
    if safe:
        _require_shards(folder)
        return safe
    pickles = tuple(sorted(folder.glob("*.bin")))
    if pickles and allow_pickles:
        return pickles
    if pickles:
        raise UsageError(
            f"{folder} holds its weights only as pickles ({pickles[0].name}), which can run code when they are read; "
            "convert them to safetensors, or pass --allow-pickles if you trust where they came from"
        )
    raise UsageError(f"{folder} holds no weights; expected model.safetensors (or its shards)")


def _require_shards(folder: Path) -> None:
    index = _json(folder / "model.safetensors.index.json", required=False)
    missing = sorted({str(f) for f in index.get("weight_map", {}).values() if not (folder / str(f)).is_file()})
    if missing:
        raise UsageError(
            f"{folder}: the weight shard {missing[0]} is missing ({len(missing)} in all); download it again"
        )


def _require_tokenizer(folder: Path) -> None:
    names = ("tokenizer.json", "vocab.json", "vocab.txt", "tokenizer.model", "spiece.model", "sentencepiece.bpe.model")
    if not any((folder / name).is_file() for name in names):
        raise UsageError(f"{folder} holds no tokenizer; expected tokenizer.json (or one of {', '.join(names[1:])})")


def _json(path: Path, *, required: bool) -> dict[str, Any]:
    if not path.is_file():
        if required:
            raise UsageError(f"{path.parent} is no checkpoint: {path.name} is missing")
        return {}
    try:
        loaded = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise UsageError(f"{path} is not valid JSON ({error})") from None
    if not isinstance(loaded, dict):
        raise UsageError(f"{path} must hold a JSON object, not a {type(loaded).__name__}")
    return loaded


def folder_digest(folder: Path) -> str:
    """A digest of all files below a folder, by their names there, as of a checkpoint's."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return _joined({str(path.relative_to(folder)): _file_digest(path) for path in files})


def _joined(digests: Mapping[str, str]) -> str:
    """One digest of files, by their names."""
    total = hashlib.sha256()
    for name, digest in digests.items():
        total.update(name.encode() + b"\0" + bytes.fromhex(digest))
    return "sha256:" + total.hexdigest()


def _file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

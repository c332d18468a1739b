"""What a checkpoint folder says of itself, and how a broken one is refused."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.core.errors import UsageError
from harness.reference.checkpoint import Checkpoint, Form, open_checkpoint


@pytest.fixture
def folder(checkpoint: Checkpoint, tmp_path: Path) -> Path:
    return Path(shutil.copytree(checkpoint.folder, tmp_path / "model"))


def configure(folder: Path, **changes: object) -> None:
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps({**config, **changes}))


def test_form_and_family_come_from_the_configuration(checkpoint: Checkpoint) -> None:
    assert (checkpoint.form, checkpoint.family.id) == (Form.CAUSAL, "qwen3-reranker")


def test_the_name_of_the_folder_decides_nothing(folder: Path) -> None:
    renamed = folder.rename(folder.parent / "bert-cross-encoder-embedding")
    assert open_checkpoint(renamed).form is Form.CAUSAL


def test_the_digest_changes_with_any_file(folder: Path) -> None:
    before = open_checkpoint(folder).digest
    configure(folder, note=1)
    assert open_checkpoint(folder).digest != before


BREAKING: dict[str, tuple[Callable[[Path], object], str]] = {
    "no config": (lambda f: (f / "config.json").unlink(), "config.json is missing"),
    "no JSON": (lambda f: (f / "config.json").write_text("{"), "not valid JSON"),
    "no object": (lambda f: (f / "config.json").write_text("[]"), "must hold a JSON object"),
    "no architecture": (lambda f: configure(f, architectures=[]), "names no architectures"),
    "an encoder": (lambda f: configure(f, architectures=["BertModel"]), "is no reranker that can be scored"),
    "an unknown causal model": (lambda f: configure(f, model_type="gpt2"), "no prompt is known"),
    "no tokenizer": (lambda f: (f / "tokenizer.json").unlink(), "holds no tokenizer"),
    "no weights": (lambda f: (f / "model.safetensors").unlink(), "holds no weights"),
    "only pickles": (lambda f: (f / "model.safetensors").rename(f / "pytorch_model.bin"), "--allow-pickles"),
    "a missing shard": (
        lambda f: (f / "model.safetensors.index.json").write_text('{"weight_map": {"a": "model-2.safetensors"}}'),
        "model-2.safetensors is missing",
    ),
}


@pytest.mark.parametrize("name", BREAKING)
def test_a_broken_folder_is_refused_in_one_clear_line(folder: Path, name: str) -> None:
    breaking, reason = BREAKING[name]
    breaking(folder)
    with pytest.raises(UsageError, match=reason) as error:
        open_checkpoint(folder)
    assert "\n" not in str(error.value)


def test_pickles_are_read_only_when_they_are_allowed(folder: Path) -> None:
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    assert open_checkpoint(folder, allow_pickles=True).weights[0].name == "pytorch_model.bin"


def test_a_folder_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no checkpoint folder"):
        open_checkpoint(tmp_path / "nothing")

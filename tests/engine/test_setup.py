"""From what a user asked for to what is needed."""

import pytest

from harness.core.errors import UsageError
from harness.engine.resolve import resolve_model
from harness.engine.setup import Request, open_target


def silent(topic: str, message: str) -> None:
    """Take a note."""


def test_the_reference_has_a_default_model_and_other_targets_have_none() -> None:
    assert Request().checkpoint is not None
    assert Request(target="python:a:b").checkpoint is None


def test_a_hub_id_that_is_not_cached_says_so_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(UsageError, match="not in the local Hugging Face cache") as error:
        resolve_model("nobody/no-such-reranker")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("name", ["./nowhere", "/nowhere/at/all", "just-a-word"])
def test_a_model_that_is_nowhere_names_the_embedded_ones(name: str) -> None:
    with pytest.raises(UsageError, match="tiny-causal"):
        resolve_model(name)


@pytest.mark.parametrize("model", ["tiny-no-pad", "tiny-split-answers"])
def test_a_model_that_cannot_be_scored_is_refused(model: str) -> None:
    with pytest.raises(UsageError, match=r"pad token|answers"):
        open_target(Request(model=model), silent)


@pytest.mark.parametrize("spec", ["python:os", "python::", "python:os:nothing", "python:os:sep"])
def test_a_callable_that_is_none_is_refused(spec: str) -> None:
    with pytest.raises(UsageError, match="python:"):
        open_target(Request(target=spec), silent)

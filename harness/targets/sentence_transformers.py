"""A CrossEncoder of sentence-transformers in this process: `sentence-transformers:DIR`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.core.errors import MissingDependency, Refused, UsageError, first_line, with_kind
from harness.core.scores import Scale
from harness.reference.activate import Activation
from harness.reference.checkpoint import Checkpoint, open_checkpoint
from harness.reference.device_errors import device_error
from harness.reference.devices import Device, parse_dtype
from harness.reference.labels import positive_label
from harness.reference.quiet import quiet_transformers
from harness.targets.protocol import Capabilities

#: A pair, and two instructions that no checkpoint has as its default.
_PAIR = ("query", "document")
_INSTRUCTIONS = ("alpha", "bravo")
#: Tokenizers that know no limit name one of 1e30 tokens.
_NO_LIMIT = 2**31


@dataclass(frozen=True)
class CrossEncoderTarget:
    """Scores by `CrossEncoder.predict`, with the identity for an activation: log-odds saturate nowhere."""

    spec: str
    encoder: Any
    activation: Activation
    capabilities: Capabilities
    reranker: None = None

    def score(self, query: str, documents: Sequence[str], instruction: str | None) -> list[float]:
        """Log-odds of each document; Refused where the library raises, with what it says, and DeviceError where that
        is about the device.

        An instruction is handed over as the library's `prompt`, which becomes the system message of the chat template;
        without a chat template it would be written in front of the query, so it is left out.
        """
        import torch

        if not documents:
            return []
        prompt = instruction if self.capabilities.instruction else None
        pairs = [[query, document] for document in documents]
        try:
            logits = self.encoder.predict(
                pairs, prompt=prompt, activation_fn=torch.nn.Identity(), convert_to_tensor=True, show_progress_bar=False
            )
        except Exception as error:
            refused = Refused(f"{self.spec} raised {with_kind(error)}")
            raise device_error(error) or refused from error
        scores: list[float] = self.activation.log_odds(logits.reshape(len(pairs), -1)).tolist()
        return scores


def open_cross_encoder(spec: str, folder: str, device: str, dtype: str | None) -> CrossEncoderTarget:
    """Load a checkpoint folder as the library does, without code of its own and without the network.

    The dtype is the library's choice unless one is named. UsageError for a folder that holds no checkpoint, that the
    library cannot load, or whose labels do not say which is relevant; MissingDependency without the package.
    """
    checkpoint = open_checkpoint(Path(folder))
    encoder = _load(checkpoint, str(Device.parse(device)), dtype)
    activation = _activation(encoder)
    return CrossEncoderTarget(spec, encoder, activation, _capabilities(encoder, activation, checkpoint))


def _load(checkpoint: Checkpoint, device: str, dtype: str | None) -> Any:
    try:
        from sentence_transformers import CrossEncoder
    except ImportError:
        raise MissingDependency("sentence-transformers", "the target sentence-transformers:DIR") from None
    named = {} if dtype is None else {"torch_dtype": parse_dtype(dtype)}
    try:
        with quiet_transformers():
            return CrossEncoder(
                str(checkpoint.folder),
                device=device,
                trust_remote_code=False,
                local_files_only=True,
                model_kwargs={"use_safetensors": checkpoint.weights[0].suffix == ".safetensors", **named},
            )
    except Exception as error:
        raise UsageError(
            f"{checkpoint.folder}: sentence-transformers cannot load it ({first_line(error)}); version 5.4 or newer "
            "is needed for causal rerankers"
        ) from None


def _activation(encoder: Any) -> Activation:
    """The columns of the scores: one, or two labels of which the configuration says which is relevant."""
    if encoder.num_labels == 1:
        return Activation(0, None)
    label = positive_label(encoder.config.to_dict(), encoder.num_labels)
    return Activation(label.index, 1 - label.index)


def _capabilities(encoder: Any, activation: Activation, checkpoint: Checkpoint) -> Capabilities:
    """What the loaded modules do: pairs go through a chat template wherever the tokenizer has one, and otherwise reach
    the model as two plain segments.
    """
    templated = "message" in encoder[0].modality_config
    limit = encoder.max_seq_length
    return Capabilities(
        Scale.LOG_ODDS,
        instruction=templated and _heeds_instructions(encoder),
        applies_prompt=templated or not checkpoint.templated,
        input_limit=int(limit) if limit is not None and limit < _NO_LIMIT else None,
        single_precision=activation.negative is None and encoder.model.dtype.itemsize <= 4,
    )


def _heeds_instructions(encoder: Any) -> bool:
    """Whether two instructions become different token ids; a template that cannot be rendered heeds none."""
    try:
        first, second = (encoder.preprocess([list(_PAIR)], prompt=text)["input_ids"] for text in _INSTRUCTIONS)
    except Exception:
        return False
    return bool(first.tolist() != second.tolist())

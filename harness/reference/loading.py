"""From a checkpoint to a reranker: tokenizer, weights, answer tokens or label, and the eight stages around them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from harness.core.errors import UsageError, first_line
from harness.reference.activate import Activation
from harness.reference.answers import DETECTIONS
from harness.reference.assemble import assemble_with
from harness.reference.batch import Padder
from harness.reference.checkpoint import Checkpoint, Form
from harness.reference.device_errors import device_error
from harness.reference.devices import Device, Precision, precision
from harness.reference.encode import Encoder
from harness.reference.forward import Backbone, PooledEncoder
from harness.reference.head import AnswerHead, as_they_are
from harness.reference.labels import positive_label
from harness.reference.pipeline import Parts, Reranker
from harness.reference.quiet import quiet_transformers
from harness.reference.reply import ranked
from harness.reference.shared_prefix import SharedPrefix
from harness.reference.stages import Stages

if TYPE_CHECKING:
    from torch import Tensor
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

#: Tokens of one forward pass on an accelerator.
TOKENS_PER_BATCH = {"cuda": 16_384, "mps": 8_192}
#: Numbers of the widest activation on the CPU, which is fastest where these stay in its caches: at the shape of
#: Qwen3-Reranker-0.6B (3072 wide) documents of 100 tokens took 1.00, 1.14, 1.19 and 1.38 of the time in passes of 512,
#: 1024, 2048 and 4096 tokens; tiny-causal (384 wide) was fastest at 2048, and took 1.14 of that at 4096.
CACHED = 2**21


def load_reranker(
    checkpoint: Checkpoint,
    device: Device | None = None,
    *,
    dtype: str | None = None,
    control_tokens: str = "parse",
    on_note: Callable[[str, str], None] = lambda topic, message: None,
) -> Reranker:
    """The reference for a checkpoint on a device, in the dtype of the policy unless one is named."""
    chosen = precision(device or Device("cpu"), dtype, checkpoint.dtype)
    tokenizer = load_tokenizer(checkpoint)
    model = load_model(checkpoint, chosen)
    encoder = Encoder(tokenizer, checkpoint.max_length, control_tokens)
    forward, head, activation, answers = _read_out(checkpoint, tokenizer, model, chosen)
    batch = Padder(_pad_id(tokenizer, checkpoint), checkpoint.family.padding_side, chosen.device)
    stages = Stages(
        assemble=partial(assemble_with, checkpoint.family.template),
        encode=encoder,
        batch=batch,
        forward=forward,
        head=head,
        activate=activation,
        reply=ranked,
    )
    parts = Parts(checkpoint, encoder, activation, chosen, answers, model)
    tokens = TOKENS_PER_BATCH.get(chosen.device.kind) or _cached_tokens(checkpoint)
    return Reranker(stages, parts, SharedPrefix.of(batch, forward), tokens, on_note=on_note)


def _cached_tokens(checkpoint: Checkpoint) -> int:
    width = int(checkpoint.config.get("intermediate_size") or 3_072)
    return min(2_048, max(512, CACHED // width))


def load_tokenizer(checkpoint: Checkpoint) -> PreTrainedTokenizerBase:
    """The checkpoint's tokenizer, without any code of its own; UsageError where it cannot be read."""
    from transformers import AutoTokenizer

    try:
        with quiet_transformers():
            tokenizer = AutoTokenizer.from_pretrained(checkpoint.folder, trust_remote_code=False, local_files_only=True)
    except Exception as error:
        raise UsageError(f"{checkpoint.folder}: the tokenizer cannot be read ({first_line(error)})") from None
    _pad_id(tokenizer, checkpoint)
    return tokenizer


def load_model(checkpoint: Checkpoint, precision: Precision) -> PreTrainedModel:
    """The weights on their device, in evaluation mode; UsageError where some are missing or do not fit the model, and
    DeviceError where they do not fit the device, or that is gone.
    """
    import transformers

    kind = "AutoModelForCausalLM" if checkpoint.form is Form.CAUSAL else "AutoModelForSequenceClassification"
    loader: Any = getattr(transformers, kind)
    safe = checkpoint.weights[0].suffix == ".safetensors"
    try:
        with quiet_transformers():
            model, report = loader.from_pretrained(
                checkpoint.folder, trust_remote_code=False, local_files_only=True, use_safetensors=safe,
                torch_dtype=precision.dtype, output_loading_info=True,
            )  # fmt: skip
    except Exception as error:
        raise UsageError(f"{checkpoint.folder}: the weights cannot be read ({first_line(error)})") from None
    _refuse_incomplete(checkpoint, report)
    try:
        return model.to(precision.device.torch).eval()  # type: ignore[no-any-return]
    except RuntimeError as error:
        raise device_error(error, lambda: f"the model in {precision.dtype}") or error from None


def _refuse_incomplete(checkpoint: Checkpoint, report: dict[str, Any]) -> None:
    """A weight that is not in the file would be random: a score from it would be noise that looks like an answer."""
    missing = sorted(str(name) for name in report.get("missing_keys", ()))
    if missing:
        raise UsageError(
            f"{checkpoint.folder}: {len(missing)} weights are not in the checkpoint and would be random "
            f"(first: {missing[0]}); is this a checkpoint of {checkpoint.architecture}?"
        )


def _read_out(
    checkpoint: Checkpoint, tokenizer: PreTrainedTokenizerBase, model: PreTrainedModel, chosen: Precision
) -> tuple[Any, Any, Activation, tuple[int, ...]]:
    """Forward pass, head, activation and answer ids of the checkpoint's form."""
    if checkpoint.form is Form.CAUSAL:
        found = DETECTIONS(tokenizer, checkpoint.family, checkpoint.declared_answers)
        ids = (found.positive,) if found.negative is None else (found.positive, found.negative)
        activation = Activation(0, None if found.negative is None else 1)
        return *forward_and_head(model, chosen, ids), activation, ids
    label = positive_label(checkpoint.config, model.config.num_labels)
    activation = Activation(label.index, None if label.count == 1 else 1 - label.index)
    return *forward_and_head(model, chosen, ()), activation, ()


def forward_and_head(
    model: PreTrainedModel, chosen: Precision, answer_ids: tuple[int, ...]
) -> tuple[Backbone | PooledEncoder, Callable[[Tensor], Tensor]]:
    """The two stages that a model computes: by its answer tokens, or without any by its own classifier."""
    if answer_ids:
        return Backbone(model, chosen), AnswerHead.of_causal(model, answer_ids)
    if hasattr(model, "score"):
        return Backbone(model, chosen), AnswerHead.of_classifier(model)
    return PooledEncoder(model, chosen), as_they_are


def _pad_id(tokenizer: PreTrainedTokenizerBase, checkpoint: Checkpoint) -> int:
    if tokenizer.pad_token_id is None:
        raise UsageError(
            f"{checkpoint.folder}: the tokenizer has no pad token, so pairs cannot be batched; "
            "set pad_token in tokenizer_config.json (Qwen3 uses <|endoftext|>)"
        )
    return int(tokenizer.pad_token_id)

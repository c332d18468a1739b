"""Which output of a sequence classifier is "relevant": the right index, or an error that says why; never a guess."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from harness.core.errors import UsageError

POSITIVE_ALIASES = frozenset({"1", "pos", "positive", "relevant", "true", "yes", "entailment"})
NEGATIVE_ALIASES = frozenset(
    {"0", "neg", "negative", "irrelevant", "not_relevant", "not relevant", "false", "no", "not_entailment"}
)
GENERIC = {"label_0": 0, "label_1": 1}


@dataclass(frozen=True, slots=True)
class PositiveLabel:
    """Index of the positive label among `count` outputs, and what it was concluded from."""

    index: int
    count: int
    evidence: str


def positive_label(config: Mapping[str, Any], outputs: int | None = None) -> PositiveLabel:
    """Find the positive label in `id2label` (string or integer keys, any case).

    `outputs` is the number of rows of the classifier where the weights are known. UsageError says what is missing,
    contradictory or too many.
    """
    names = _names(config)
    count = len(names) or outputs
    if outputs is not None and names and outputs != len(names):
        raise UsageError(f"id2label names {len(names)} labels but the classifier has {outputs} outputs")
    _refuse_contradiction(config, names)
    if count is None:
        raise UsageError("config.json has no id2label, so the number of labels is not known; add id2label")
    if count == 1:
        return PositiveLabel(0, 1, f"one label: {names.get(0, 'unnamed')!r}")
    if count != 2:
        raise UsageError(f"{count} labels ({_shown(names)}): a reranker has one or two; which one is 'relevant'?")
    if not names:
        raise UsageError("two outputs but no id2label to tell which is positive; add id2label to config.json")
    return PositiveLabel(*_of_two(names))


def _of_two(names: Mapping[int, str]) -> tuple[int, int, str]:
    plain = {index: name.strip().lower() for index, name in names.items()}
    if sorted(plain.values()) == sorted(GENERIC):
        index = next(i for i, name in plain.items() if GENERIC[name] == 1)
        return index, 2, f"generic names {_shown(names)}: LABEL_1 is positive by convention"
    positive = {i for i, name in plain.items() if name in POSITIVE_ALIASES}
    negative = {i for i, name in plain.items() if name in NEGATIVE_ALIASES}
    if len(positive) > 1 or len(negative) > 1:
        raise UsageError(f"id2label is contradictory: both labels mean the same ({_shown(names)})")
    if positive:
        index = positive.pop()
        return index, 2, f"id2label[{index}] = {names[index]!r} names the positive label"
    if negative:
        index = 1 - negative.pop()
        return index, 2, f"id2label[{1 - index}] = {names[1 - index]!r} names the negative label"
    raise UsageError(f"neither of the two labels ({_shown(names)}) is known to mean 'relevant' or 'not relevant'")


def _names(config: Mapping[str, Any]) -> dict[int, str]:
    raw = config.get("id2label")
    if raw is None:
        return {}
    if not isinstance(raw, Mapping):
        raise UsageError(f"id2label must be an object, not {raw!r}")
    try:
        names = {int(key): str(value) for key, value in raw.items()}
    except ValueError:
        raise UsageError(f"id2label has a key that is no integer: {sorted(map(str, raw))}") from None
    if sorted(names) != list(range(len(names))):
        raise UsageError(f"id2label must number its labels from 0 without gaps, not {sorted(names)}")
    return names


def _refuse_contradiction(config: Mapping[str, Any], names: Mapping[int, str]) -> None:
    reverse = config.get("label2id")
    if not isinstance(reverse, Mapping) or not names:
        return
    for name, index in reverse.items():
        if str(name) in names.values() and names.get(int(index)) != str(name):
            raise UsageError(
                f"id2label and label2id contradict each other on {name!r}: {_shown(names)} and {dict(reverse)}"
            )


def _shown(names: Mapping[int, str]) -> str:
    return ", ".join(f"{index}: {name!r}" for index, name in sorted(names.items())) or "unnamed"

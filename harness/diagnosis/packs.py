"""Answer packs: what the model and each of its variants answer, as a file. Reading one needs neither weights nor torch.

A pack holds the logits of every request that an examination can lead to, under every fault up to the head, by itself
and with each fault of the head; faults behind the head are computed from those. It is JSON, and its digest is checked.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from harness.core.documents import write_whole
from harness.core.errors import UsageError
from harness.core.pairs import Pair
from harness.core.vocabulary import Stage
from harness.diagnosis.examination import Ability, Step
from harness.diagnosis.sources import Logits
from harness.faults.catalogue import catalogue
from harness.reference.activate import Activation
from harness.reference.stages import RerankRequest

SCHEMA = "rerank-harness/pack/1"
#: Bytes that a pack may have.
LARGEST = 5 * 2**20
#: Decimals of a logit: less than any dtype can tell.
DECIMALS = 7


@dataclass(frozen=True)
class Pack:
    """A source of logits read from a file. `tolerance` is how far a healthy target is off, and moves, in logits."""

    model: Mapping[str, Any]
    provenance: Mapping[str, Any]
    activation: Activation
    noise: Mapping[str, float]
    tolerance: Mapping[str, float]
    variants: tuple[str, ...]
    whole: frozenset[str]
    pairs: tuple[Pair, ...]
    requests: tuple[tuple[int, ...], ...]
    answers: Mapping[str, Mapping[int, Logits]]
    """Faults, joined by `+` → number of the request → logits."""
    counts: Mapping[str, Mapping[int, int]]
    products: NDArray[np.float64]
    digest: str = ""
    passes: int = 0

    @property
    def max_length(self) -> int:
        """Tokens of a whole prompt."""
        return int(self.model["max_length"])

    @property
    def reference(self) -> Mapping[Pair, float]:
        """Log-odds of each pair, as the model defines them."""
        found: dict[Pair, float] = {}
        for number, logits in self.answers.get("", {}).items():
            pairs = (self.pairs[place] for place in self.requests[number])
            found.update(zip(pairs, self.activation.log_odds(logits).tolist(), strict=True))
        return found

    def steps(self, ability: Ability) -> Sequence[Step]:
        """One for each request of the pack."""
        return tuple(
            Step(
                f"pack-{number + 1}", (RerankRequest(tuple(self.pairs[p] for p in places), ability.raw),), "of the pack"
            )
            for number, places in enumerate(self.requests)
        )

    def logits(self, faults: tuple[str, ...], pairs: tuple[Pair, ...]) -> Logits | None:
        """As they were computed for this request; row by row where the batch does not matter."""
        known = self.answers.get("+".join(faults))
        if known is None:
            return None
        number = self._numbers.get(pairs)
        if number is not None and number in known:
            return known[number]
        if any(catalogue()[id].stage is Stage.BATCH for id in faults):
            return None
        rows = self._rows("+".join(faults))
        return np.array([rows[pair] for pair in pairs]) if all(pair in rows for pair in pairs) else None

    def tokens(self, faults: tuple[str, ...], pairs: tuple[Pair, ...]) -> int | None:
        """As they were counted for this request."""
        before = "+".join(id for id in faults if catalogue()[id].stage is not Stage.HEAD)
        number = self._numbers.get(pairs)
        return None if number is None else self.counts.get(before, {}).get(number)

    def gram(self, pairs: tuple[Pair, ...]) -> NDArray[np.float64] | None:
        """Of the healthy states."""
        if not all(pair in self._places for pair in pairs):
            return None
        places = [self._places[pair] for pair in pairs]
        found = self.products[np.ix_(places, places)]
        return found if np.isfinite(found).all() else None

    @cached_property
    def _places(self) -> Mapping[Pair, int]:
        return {pair: place for place, pair in enumerate(self.pairs)}

    @cached_property
    def _numbers(self) -> Mapping[tuple[Pair, ...], int]:
        return {tuple(self.pairs[place] for place in places): n for n, places in enumerate(self.requests)}

    def _rows(self, faults: str) -> Mapping[Pair, NDArray[np.float64]]:
        return {
            self.pairs[place]: row
            for number, logits in self.answers[faults].items()
            for place, row in zip(self.requests[number], logits, strict=True)
        }


def write_pack(pack: Pack, path: Path) -> None:
    """Write a pack, whole or not at all; UsageError where it cannot be written or is larger than a pack may be."""
    document = _document(pack)
    text = json.dumps(document | {"digest": _digest(document)}, ensure_ascii=False, indent=None, allow_nan=False)
    text = text.replace('"answers": {', '"answers": {\n').replace('}, "', '},\n"')
    if len(text.encode()) > LARGEST:
        raise UsageError(f"the pack would have {len(text.encode())} bytes; at most {LARGEST} are read")
    write_whole(text + "\n", path)


def read_pack(path: Path) -> Pack:
    """Read a pack; UsageError where it is none, is of another version, or was changed."""
    try:
        if path.stat().st_size > LARGEST:
            raise UsageError(f"{path} has {path.stat().st_size} bytes; a pack has at most {LARGEST}")
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path} cannot be read as an answer pack ({error.strerror})") from None
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path} cannot be read as an answer pack ({error})") from None
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise UsageError(f"{path} is no answer pack of {SCHEMA}; make one: rerank-harness pack --model M --out FILE")
    digest = document.pop("digest", None)
    if digest != _digest(document):
        raise UsageError(f"{path} was changed after it was written: its digest does not fit; make it again")
    try:
        return _consistent(_pack(document, str(digest)))
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise UsageError(f"{path} is damaged: {type(error).__name__} {error}") from None


def _consistent(pack: Pack) -> Pack:
    """The pack, if its parts fit together; ValueError names what does not."""
    columns = 1 + max(pack.activation.positive, pack.activation.negative or 0)
    unknown = {id for faults in pack.answers for id in faults.split("+") if id} - set(catalogue())
    outside = [place for places in pack.requests for place in places if not 0 <= place < len(pack.pairs)]
    shapes = {
        logits.shape == (len(pack.requests[number]), columns)
        for known in pack.answers.values()
        for number, logits in known.items()
    }
    widths = [*pack.noise.values(), pack.tolerance["noise_logit"], pack.tolerance["movement_logit"]]
    for wrong, what in (
        (unknown, f"faults that are not known here, {', '.join(sorted(unknown)[:3])}: made by another version?"),
        (outside, "requests of pairs that it does not hold"),
        (shapes != {True}, "logits that do not fit its requests"),
        (pack.products.shape != (len(pack.pairs),) * 2, "products that do not fit its pairs"),
        (not pack.noise or not all(np.isfinite(width) and width >= 0 for width in widths), "noise that is no number"),
        ("" not in pack.answers or pack.max_length < 1, "no answers of the model itself"),
    ):
        if wrong:
            raise ValueError(f"it has {what}")
    return pack


def _document(pack: Pack) -> dict[str, Any]:
    return {
        "schema": SCHEMA, "model": dict(pack.model), "provenance": dict(pack.provenance),
        "activation": asdict(pack.activation), "noise": dict(pack.noise), "tolerance": dict(pack.tolerance),
        "variants": list(pack.variants), "whole": sorted(pack.whole), "pairs": [asdict(pair) for pair in pack.pairs],
        "requests": [list(places) for places in pack.requests],
        "answers": {faults: dict(_written(known)) for faults, known in pack.answers.items()},
        "counts": {faults: {str(n): count for n, count in known.items()} for faults, known in pack.counts.items()},
        "products": _rounded(pack.products),
    }  # fmt: skip


def _pack(document: Mapping[str, Any], digest: str) -> Pack:
    return Pack(
        model=document["model"], provenance=document["provenance"], activation=Activation(**document["activation"]),
        noise=document["noise"], tolerance=document["tolerance"], variants=tuple(document["variants"]),
        whole=frozenset(document["whole"]), pairs=tuple(Pair(**pair) for pair in document["pairs"]),
        requests=tuple(tuple(places) for places in document["requests"]),
        answers={
            faults: {int(n): _array(rows) for n, rows in known.items()} for faults, known in document["answers"].items()
        },
        counts={faults: {int(n): c for n, c in known.items()} for faults, known in document["counts"].items()},
        products=_array(document["products"]), digest=digest,
    )  # fmt: skip


def _written(known: Mapping[int, Logits]) -> Iterator[tuple[str, Any]]:
    return ((str(number), _rounded(logits)) for number, logits in known.items())


def _rounded(values: NDArray[np.float64]) -> Any:
    """Lists of numbers; what is no number is null."""
    rounded = np.round(values, DECIMALS).astype(object)
    rounded[~np.isfinite(values)] = None
    return rounded.tolist()


def _array(rows: Any) -> NDArray[np.float64]:
    """Null is no number."""
    return np.array(rows, dtype=np.float64)


def _digest(document: Mapping[str, Any]) -> str:
    canonical = json.dumps(document, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(canonical.encode()).hexdigest()

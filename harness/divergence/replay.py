"""A comparison recorded, and made again: what differs from what was recorded, and whether it diverges as it did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from harness.core.errors import UsageError
from harness.core.events import finite
from harness.core.pairs import Pair
from harness.divergence.bundle import Bundle
from harness.divergence.computation import Computation
from harness.divergence.environment import differences, environment
from harness.divergence.result import Divergence, Row
from harness.reference.checkpoint import Checkpoint

if TYPE_CHECKING:
    from harness.reference.pipeline import Reranker

Two = tuple[Computation, Computation]


@dataclass(frozen=True, slots=True)
class Change:
    """A module whose local error is not what it was; None on the side that has no such module."""

    name: str
    recorded: Row | None
    found: Row | None


@dataclass(frozen=True, slots=True)
class Replay:
    """What was recorded, what is found here, and what a reader should know of how the two came about."""

    recorded: Divergence
    found: Divergence
    notes: tuple[str, ...]

    @property
    def reproduces(self) -> bool:
        """Whether the same module is the first to diverge, or none as before."""
        return _name(self.found.first) == _name(self.recorded.first)

    @property
    def changes(self) -> tuple[Change, ...]:
        """Modules whose local error has moved by more than rounding explains, in running order."""
        before, now = ({row.name: row for row in side.modules} for side in (self.recorded, self.found))
        changes = (Change(name, before.get(name), now.get(name)) for name in {**before, **now})
        return tuple(change for change in changes if _has_moved(change))

    def as_dict(self) -> dict[str, Any]:
        """The document that `layers --replay --json` writes: what is found here, and how it compares."""
        told = {
            "reproduces": self.reproduces, "recorded_first_diverging": _name(self.recorded.first),
            "changed": [finite(asdict(change)) for change in self.changes], "notes": list(self.notes),
        }  # fmt: skip
        return self.found.as_dict() | {"replay": told}


def record(checkpoint: Checkpoint, computations: Two, pairs: Sequence[Pair]) -> Bundle:
    """Compare two computations of a checkpoint on pairs, and keep what makes it again; UsageError where one of them
    cannot be computed here, and without a pair.
    """
    from harness.divergence.compare import compare

    if not pairs:
        raise UsageError("there is no pair to compare computations on; give one at least")
    a, b = _loaded(checkpoint, computations)
    encodings = tuple(map(a.encoding, pairs))
    here = environment(computation.device for computation in computations)
    return Bundle(tuple(pairs), encodings, here, compare(a, b, encodings))


def replay(bundle: Bundle, checkpoint: Checkpoint, computations: Two | None = None) -> Replay:
    """Compare again, as recorded unless other computations are named; UsageError where the weights are others, where
    this machine cannot compute so, or where the model has no such token ids.
    """
    from harness.divergence.compare import compare

    _require_digest(bundle, checkpoint)
    chosen = computations or _recorded(bundle)
    try:
        a, b = _loaded(checkpoint, chosen)
    except UsageError as error:
        again = "" if computations else "; name two computations that this machine has: layers --replay FILE A B"
        raise UsageError(f"{error}{again}") from None
    _require_ids(bundle, a)
    found = compare(a, b, bundle.encodings)
    here = environment(computation.device for computation in chosen)
    return Replay(bundle.divergence, found, (*_notes(bundle, a, found), *differences(bundle.environment, here)))


def _loaded(checkpoint: Checkpoint, computations: Two) -> tuple[Reranker, Reranker]:
    """Both, each with a model of its own; what is missing is told before anything is loaded."""
    for computation in computations:
        computation.require()
    a, b = computations
    return a.load(checkpoint), b.load(checkpoint)


def _recorded(bundle: Bundle) -> Two:
    a, b = bundle.divergence.computations
    return Computation.parse(a), Computation.parse(b)


def _require_digest(bundle: Bundle, checkpoint: Checkpoint) -> None:
    recorded = bundle.divergence.model["digest"]
    if checkpoint.digest != recorded:
        raise UsageError(
            f"{checkpoint.id} is not the model of the bundle: its digest is {checkpoint.digest[:19]}…, recorded was "
            f"{recorded[:19]}…; name the recorded model with --model"
        )


def _require_ids(bundle: Bundle, reranker: Reranker) -> None:
    module: Any = reranker.parts.module
    size, most = module.get_input_embeddings().num_embeddings, reranker.parts.checkpoint.max_length
    for number, encoding in enumerate(bundle.encodings):
        if max(encoding.ids) >= size or len(encoding.ids) > most:
            raise UsageError(
                f"input {number} of the bundle has {len(encoding.ids)} ids up to {max(encoding.ids)}; the model takes "
                f"{most} below {size}: the bundle is damaged"
            )


def _notes(bundle: Bundle, reranker: Reranker, found: Divergence) -> Iterator[str]:
    if found.computations != bundle.divergence.computations:
        yield "recorded on {} and {}; here on {} and {}".format(*bundle.divergence.computations, *found.computations)
    for number, (pair, encoding) in enumerate(zip(bundle.pairs, bundle.encodings, strict=True)):
        here = reranker.encoding(pair)
        if (here.ids, here.segments) != (encoding.ids, encoding.segments):
            lengths = f"{len(here.ids)} tokens, recorded were {len(encoding.ids)}"
            yield f"the tokenizer here makes other ids of pair {number} ({lengths}); the recorded ones are computed"


def _has_moved(change: Change) -> bool:
    one, other = change.recorded, change.found
    if one is None or other is None:
        return True
    return one.local != other.local and not abs(one.local - other.local) <= max(one.limit, other.limit)


def _name(row: Row | None) -> str | None:
    return None if row is None else row.name

"""What goes over the wire, as plain data: texts laid one behind the other, and rows of logits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise

from harness.reference.encode import Encoding
from harness.targets.grpc.messages import message, parsed


@dataclass(frozen=True, slots=True)
class Texts:
    """Encoded texts without padding: text i lies at [bounds[i], bounds[i + 1]) of ids, segments and positions."""

    ids: tuple[int, ...]
    segments: tuple[int, ...]
    positions: tuple[int, ...]
    bounds: tuple[int, ...]
    longest: int

    @classmethod
    def of(cls, encodings: Sequence[Encoding], first_position: int = 0) -> Texts:
        """Lay encodings one behind the other; segments are zeros where an encoding has none."""
        lengths = [len(e.ids) for e in encodings]
        return cls(
            ids=tuple(chain.from_iterable(e.ids for e in encodings)),
            segments=tuple(chain.from_iterable(e.segments or (0,) * len(e.ids) for e in encodings)),
            positions=tuple(first_position + i for length in lengths for i in range(length)),
            bounds=tuple(accumulate(lengths, initial=0)),
            longest=max(lengths, default=0),
        )

    def encodings(self) -> list[Encoding]:
        """The texts by themselves; where all segments are zero, none has any, as for a model that knows of none."""
        in_pairs = any(self.segments)
        return [
            Encoding(self.ids[start:end], self.segments[start:end] if in_pairs else None)
            for start, end in pairwise(self.bounds)
        ]

    def to_bytes(self) -> bytes:
        """As an EmbedRequest."""
        request = message(
            "EmbedRequest", input_ids=self.ids, token_type_ids=self.segments, position_ids=self.positions,
            cu_seq_lengths=self.bounds, max_length=self.longest,
        )  # fmt: skip
        return bytes(request.SerializeToString())

    @classmethod
    def from_bytes(cls, content: bytes) -> Texts:
        """From an EmbedRequest; ValueError if it is none."""
        request = parsed("EmbedRequest", content)
        return cls(
            tuple(request.input_ids), tuple(request.token_type_ids), tuple(request.position_ids),
            tuple(request.cu_seq_lengths), request.max_length,
        )  # fmt: skip


def rows_to_bytes(rows: Sequence[Sequence[float]]) -> bytes:
    """Rows of logits as a PredictResponse, rounded to float32."""
    return bytes(message("PredictResponse", scores=[message("Score", values=row) for row in rows]).SerializeToString())


def rows_from_bytes(content: bytes) -> list[list[float]]:
    """The rows of logits of a PredictResponse; ValueError if it is none."""
    return [list(score.values) for score in parsed("PredictResponse", content).scores]

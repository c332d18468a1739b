"""How the first difference of a pipeline is told: its stage, its place, and both sides of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from operator import eq
from typing import TYPE_CHECKING

from harness.core.vocabulary import Stage
from harness.diagnosis.distances import Distance
from harness.diagnosis.result import Difference
from harness.diagnosis.shared import Row
from harness.reference.reply import Response

if TYPE_CHECKING:
    from torch import Tensor
    from transformers import PreTrainedTokenizerBase

#: Characters, tokens and lines of a response that are shown on either side of a place, or from it.
CHARACTERS, TOKENS, LINES = 32, 2, 3


def first_place(found: Sequence[object], right: Sequence[object]) -> int:
    """How long the two are alike."""
    return sum(1 for _ in takewhile(bool, map(eq, found, right)))


def of_texts(where: str, message: str, found: str, right: str) -> Difference:
    """Two prompts, around the first character that differs."""
    place = first_place(found, right)
    around = slice(max(0, place - CHARACTERS), place + CHARACTERS)
    return Difference(Stage.ASSEMBLE, f"{where}, character {place}", message, _both(found[around], right[around]))


def of_ids(
    tokenizer: PreTrainedTokenizerBase, stage: Stage, where: str, found: Sequence[int], right: Sequence[int]
) -> Difference:
    """Two sequences of token ids, around the first that differs; in a batch, those that the mask keeps."""
    place = first_place(found, right)
    owner = "the mask keeps" if stage is Stage.BATCH else "the prompt has"
    message = f"{owner} other tokens: {len(found)} instead of {len(right)}"
    return Difference(
        stage, f"{where}, token {place}", message,
        f"target {_token(tokenizer, found, place)}; reference {_token(tokenizer, right, place)}",
    )  # fmt: skip


def of_rows(tokenizer: PreTrainedTokenizerBase, where: str, found: Row, right: Row) -> Difference:
    """Two rows of a batch: what is kept, how it is counted, and where it is read."""
    is_padding = not found.mask[found.answer]
    if found.ids != right.ids and not is_padding:
        return of_ids(tokenizer, Stage.BATCH, where, found.ids, right.ids)
    if found.positions != right.positions and not is_padding:
        place = first_place(found.positions, right.positions)
        evidence = _both(found.positions[place], right.positions[place])
        return Difference(Stage.BATCH, f"{where}, token {place}", "a token has another position", evidence)
    message = "the answer is read at padding" if is_padding else "the answer is read at another token"
    read = (_token(tokenizer, row.ids, row.answer) for row in (found, right))
    return Difference(Stage.BATCH, where, message, "target {}; reference {}".format(*read))


def of_numbers(stage: Stage, message: str, found: Tensor, right: Tensor, apart: Distance) -> Difference:
    """Two tables of numbers, (pairs, width), at the row that is farthest away."""
    shown = ("; ".join(f"{number:.6g}" for number in rows[apart.row].tolist()) for rows in (found, right))
    evidence = "target ({}), reference ({}): {}".format(*shown, apart)
    return Difference(stage, f"pair {apart.row}", message, evidence, apart.value, apart.limit)


def of_responses(stage: Stage, asked: str, found: Response, right: Response) -> Difference:
    """Two responses, from the first line that differs, as index: score."""
    place = first_place(found, right)
    sides = (", ".join(f"{line.index}: {line.score:.6g}" for line in side[place:][:LINES]) for side in (found, right))
    evidence = "target ({}), reference ({})".format(*sides)
    return Difference(stage, f"{asked}, place {place}", "the same scores are answered otherwise", evidence)


def _token(tokenizer: PreTrainedTokenizerBase, ids: Sequence[int], place: int) -> str:
    """One token with its id, decoded, between its neighbours."""

    def decoded(some: Sequence[int]) -> str:
        return " ".join(repr(tokenizer.decode([id])) for id in some)

    before, after = ids[max(0, place - TOKENS) : place], ids[place + 1 : place + 1 + TOKENS]
    here = f"{ids[place]} {decoded(ids[place : place + 1])}" if place < len(ids) else "the end"
    return f"{decoded(before)} [{here}] {decoded(after)}".strip()


def _both(found: object, right: object) -> str:
    return f"target {found!r}; reference {right!r}"

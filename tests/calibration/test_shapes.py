"""Each shape computes the same scores in other company."""

from __future__ import annotations

import numpy as np
import pytest

from harness.calibration.measure import Ruler
from harness.calibration.shapes import Shape, scored
from harness.core.pairs import Pair
from harness.reference.attention import attention_by
from harness.reference.batch import Batch
from harness.reference.encode import Encoding
from harness.reference.pipeline import Reranker


@pytest.mark.parametrize("shape", Shape)
def test_every_shape_gives_the_reference_s_scores(shape: Shape, ruler: Ruler, reranker: Reranker) -> None:
    found = scored(reranker, ruler.probes, shape)
    assert found is not None
    assert found.logits == pytest.approx(ruler.right[list(found.places)], abs=1e-4)


def batches_of(reranker: Reranker, ruler: Ruler, shape: Shape, monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    """Lengths of the prompts of each batch that is padded."""
    seen: list[list[int]] = []
    pad = type(reranker.stages.batch).__call__

    def watched(self: object, encodings: list[Encoding]) -> Batch:
        seen.append([len(encoding.ids) for encoding in encodings])
        return pad(self, encodings)

    monkeypatch.setattr(type(reranker.stages.batch), "__call__", watched)
    scored(reranker, ruler.probes, shape)
    return seen


def test_beside_a_long_one_short_prompts_are_mostly_padding(
    reranker: Reranker, ruler: Ruler, monkeypatch: pytest.MonkeyPatch
) -> None:
    (lengths,) = batches_of(reranker, ruler, Shape.BESIDE_LONG, monkeypatch)
    longest = reranker.parts.checkpoint.max_length
    assert lengths[0] == longest
    assert max(lengths[1:]) <= longest / 2


def test_a_small_batch_has_prompts_of_different_lengths(
    reranker: Reranker, ruler: Ruler, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *_ = batches_of(reranker, ruler, Shape.SMALL, monkeypatch)
    assert (len(first), len(set(first)) > 1) == (4, True)


def test_no_prefix_is_shared_with_a_kernel_that_does_not_know_how(ruler: Ruler, reranker: Reranker) -> None:
    with attention_by(reranker, "eager") as there_is:
        assert there_is
        assert scored(reranker, ruler.probes, Shape.SHARED_PREFIX) is None


def test_without_a_short_probe_nothing_stands_beside_a_long_one(ruler: Ruler, reranker: Reranker) -> None:
    longest = max(ruler.probes, key=lambda probe: probe.tokens)
    assert scored(reranker, [longest, longest], Shape.BESIDE_LONG) is None
    assert np.isfinite(reranker.log_odds([Pair("a", "b")])).all()

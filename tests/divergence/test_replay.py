"""A bundle is read as it was written, refused where it is damaged, and makes the comparison again."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from harness.core.errors import UsageError
from harness.core.pairs import Pair
from harness.divergence.bundle import Bundle, read_bundle, schema, write_bundle
from harness.divergence.computation import Computation
from harness.divergence.replay import record, replay
from harness.divergence.result import Divergence, Row
from harness.engine.resolve import resolve_model
from harness.reference.checkpoint import Checkpoint
from harness.reference.encode import Encoding

HOSTILE = Pair('a"}, {"b', "line\nbreak \ud800 \u202e", "}, {")


def two(*texts: str) -> tuple[Computation, Computation]:
    a, b = map(Computation.parse, texts)
    return a, b


@pytest.fixture(scope="module")
def tiny() -> Checkpoint:
    return resolve_model("tiny-causal")


@pytest.fixture(scope="module")
def bundle(tiny: Checkpoint) -> Bundle:
    return record(tiny, two("float32", "bfloat16"), [Pair("a river", "a delta"), HOSTILE])


@pytest.fixture
def written(bundle: Bundle, tmp_path: Path) -> Path:
    path = tmp_path / "bundle.json"
    write_bundle(bundle, path)
    return path


def diverging(bundle: Bundle, name: str, local: float) -> Bundle:
    """The bundle as if a module had been recorded to be `local` off."""
    rows = tuple(replace(row, local=local) if row.name == name else row for row in bundle.divergence.modules)
    return replace(bundle, divergence=replace(bundle.divergence, modules=rows))


def test_what_is_written_is_what_is_read(bundle: Bundle, written: Path) -> None:
    assert read_bundle(written) == bundle


def test_what_is_no_number_is_read_as_infinitely_far(bundle: Bundle, tmp_path: Path) -> None:
    spoilt = diverging(bundle, "model.norm", float("inf"))
    odds = ((None, 1.0), spoilt.divergence.log_odds[1])
    spoilt = replace(spoilt, divergence=replace(spoilt.divergence, log_odds=odds))
    write_bundle(spoilt, tmp_path / "bundle.json")
    assert read_bundle(tmp_path / "bundle.json") == spoilt
    assert spoilt.divergence.largest_difference == float("inf")


def test_what_is_written_fits_the_schemas(bundle: Bundle, written: Path) -> None:
    document = json.loads(written.read_text(encoding="utf-8"))
    jsonschema.validate(document, schema("bundle"))
    jsonschema.validate(document["divergence"], schema("divergence"))


def test_a_bundle_has_model_computations_environment_and_ids(written: Path, tiny: Checkpoint) -> None:
    document = json.loads(written.read_text(encoding="utf-8"))
    assert document["divergence"]["model"]["digest"] == tiny.digest
    assert document["divergence"]["computations"] == ["cpu/float32/sdpa", "cpu/bfloat16/sdpa"]
    assert document["environment"]["packages"]["torch"]
    assert len(document["inputs"][0]["ids"]) > 50


def test_here_it_reproduces_to_the_last_bit(written: Path, tiny: Checkpoint) -> None:
    read = read_bundle(written)
    again = replay(read, tiny)
    assert (again.reproduces, again.changes, again.notes) == (True, (), ())
    assert again.found == read.divergence


def test_a_divergence_that_is_gone_does_not_reproduce(bundle: Bundle, tiny: Checkpoint) -> None:
    again = replay(diverging(bundle, "model.layers.1.mlp", 0.5), tiny)
    assert again.reproduces is False
    assert [change.name for change in again.changes] == ["model.layers.1.mlp"]
    jsonschema.validate(again.as_dict(), schema("divergence"))


def test_within_noise_a_module_has_not_changed(bundle: Bundle, tiny: Checkpoint) -> None:
    row = next(row for row in bundle.divergence.modules if row.name == "model.norm")
    assert replay(diverging(bundle, "model.norm", row.local / 2), tiny).changes == ()


def test_a_module_that_is_gone_has_changed(bundle: Bundle, tiny: Checkpoint) -> None:
    rows = (*bundle.divergence.modules, Row("model.more", 0.1, 1.0, 0.1))
    again = replay(replace(bundle, divergence=replace(bundle.divergence, modules=rows)), tiny)
    assert [(change.name, change.found) for change in again.changes] == [("model.more", None)]


def test_recorded_ids_are_computed_and_other_ids_of_this_tokenizer_told(bundle: Bundle, tiny: Checkpoint) -> None:
    first, *others = bundle.encodings
    again = replay(replace(bundle, encodings=(Encoding(first.ids[:-1]), *others)), tiny)
    assert "the tokenizer here makes other ids of pair 0" in again.notes[0]
    assert again.found.tokens == bundle.divergence.tokens - 1


def test_another_environment_is_told(bundle: Bundle, tiny: Checkpoint) -> None:
    packages = {**bundle.environment["packages"], "torch": "1.0"}
    again = replay(replace(bundle, environment={**bundle.environment, "packages": packages, "threads": 64}), tiny)
    assert [note.split(";")[0] for note in again.notes] == ["recorded with threads 64", "recorded with torch 1.0"]


def test_other_computations_may_be_named(bundle: Bundle, tiny: Checkpoint) -> None:
    again = replay(bundle, tiny, two("float64", "float16/eager"))
    assert again.found.computations == ("cpu/float64/sdpa", "cpu/float16/eager")
    assert again.notes[0].startswith("recorded on cpu/float32/sdpa and cpu/bfloat16/sdpa; here on")


def recorded_on(bundle: Bundle, *computations: str) -> Bundle:
    a, b = computations
    return replace(bundle, divergence=replace(bundle.divergence, computations=(a, b)))


def test_what_this_machine_cannot_compute_is_refused_with_the_way_out(bundle: Bundle, tiny: Checkpoint) -> None:
    elsewhere = recorded_on(bundle, "cpu/float32/sdpa", "cpu/float32/flash_attention_2")
    with pytest.raises(UsageError, match=r"cannot be computed: .*; name two computations .* --replay FILE A B"):
        replay(elsewhere, tiny)


def test_another_model_is_refused_by_its_digest(bundle: Bundle) -> None:
    with pytest.raises(UsageError, match=r"tiny-seq-cls is not the model of the bundle: its digest is sha256:"):
        replay(bundle, resolve_model("tiny-seq-cls"))


@pytest.mark.parametrize("ids", [(4000,), (1,) * 1025])
def test_ids_that_the_model_has_not_are_refused(ids: tuple[int, ...], bundle: Bundle, tiny: Checkpoint) -> None:
    _, *others = bundle.encodings
    with pytest.raises(UsageError, match="input 0 of the bundle has"):
        replay(replace(bundle, encodings=(Encoding(ids), *others)), tiny)


def test_without_a_pair_there_is_nothing_to_compare(tiny: Checkpoint) -> None:
    with pytest.raises(UsageError, match="there is no pair"):
        record(tiny, two("float32", "bfloat16"), [])


DAMAGES: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "another document": (lambda d: d.update(schema="rerank-harness/run/1"), "is no replay bundle of"),
    "no inputs": (lambda d: d.update(inputs=[]), "damaged at inputs"),
    "a word for an id": (lambda d: d["inputs"][0].update(ids=["a"]), "damaged at inputs/0"),
    "a negative id": (lambda d: d["inputs"][0].update(ids=[-1]), "damaged at inputs/0/ids"),
    "segments of another length": (lambda d: d["inputs"][0].update(segments=[0]), "and 1 segments"),
    "no modules": (lambda d: d["divergence"].update(modules=[]), "damaged at modules"),
    "no limit": (lambda d: d["divergence"]["modules"][0].update(limit=0), "damaged at modules/0/limit"),
    "a limit beyond all": (lambda d: d["divergence"]["modules"][0].update(limit=float("inf")), "Infinity is no number"),
    "a name with a command": (lambda d: d["divergence"]["modules"][0].update(name="$(x)"), "damaged at modules/0/name"),
    "no computation": (lambda d: d["divergence"].update(computations=["cpu", "tpu/x"]), "damaged at computations/"),
    "no digest": (lambda d: d["divergence"]["model"].update(digest="sha256:"), "damaged at model/digest"),
    "an id of several lines": (lambda d: d["divergence"]["model"].update(id="a\nb"), "damaged at model/id"),
    "log-odds of other pairs": (lambda d: d["divergence"].update(log_odds=[[1.0], [1.0]]), "of another number"),
    "an environment of lists": (lambda d: d["environment"].update(hardware=[]), "damaged at environment/hardware"),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_file_is_refused_in_one_line(name: str, written: Path) -> None:
    damage, reason = DAMAGES[name]
    document = json.loads(written.read_text(encoding="utf-8"))
    damage(document)
    written.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(UsageError, match=reason) as error:
        read_bundle(written)
    assert "\n" not in str(error.value)


def test_a_number_that_overflows_is_refused(written: Path) -> None:
    text = written.read_text(encoding="utf-8")
    written.write_text(text.replace('"eps": 0.0078125', '"eps": 1e999'), encoding="utf-8")
    with pytest.raises(UsageError, match="damaged at eps"):
        read_bundle(written)


def test_a_divergence_is_read_as_it_was_written(bundle: Bundle) -> None:
    assert Divergence.of_dict(bundle.divergence.as_dict()) == bundle.divergence

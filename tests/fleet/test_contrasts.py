"""In what deployments differ, and what explains it."""

from collections.abc import Iterable

from harness.core.causes import Cause
from harness.core.fleet import Contrast, Explanation, Verified
from harness.core.run import Run
from harness.core.vocabulary import Area, Coverage, Stage, Status
from harness.fleet.agreement import agreements
from harness.fleet.contrasts import contrasts
from tests.fleet.runs import CAUSE, finding, run, verified

HOLDS = (finding("numerics.values", Status.PASS),)
FAILS = (finding("numerics.values", Status.FAIL),)
WRONG = run(0.5, findings=FAILS, causes=(CAUSE,))
SOUND = run(findings=HOLDS)


def of(*every: Verified) -> list[Contrast]:
    (group,) = agreements(every)
    return list(contrasts(group, {each.name: each for each in every}))


def one(base: Run, own: Run) -> Contrast:
    (found,) = of(verified("a", base), verified("b", own))
    return found


def test_a_cause_in_one_alone_explains_the_difference() -> None:
    found = one(SOUND, WRONG)
    assert (found.base, found.deployment, found.explanation) == ("a", "b", Explanation.CAUSE)
    assert found.causes == (("b", CAUSE),)


def test_the_one_that_holds_is_the_base_wherever_it_stands() -> None:
    (found,) = of(verified("wrong", WRONG), verified("sound", SOUND))
    assert (found.base, found.deployment) == ("sound", "wrong")


def test_a_cause_that_both_have_explains_nothing() -> None:
    worse = run(0.9, findings=FAILS, causes=(CAUSE,))
    assert one(WRONG, worse).explanation is Explanation.UNEXPLAINED


def test_a_cause_that_diagnosis_could_not_name_is_no_explanation() -> None:
    unknown = Cause(Stage.FORWARD, "unexplained", "deviation unexplained", 0.5, None, "", "")
    assert one(SOUND, run(0.5, findings=FAILS, causes=(unknown,))).explanation is Explanation.UNEXPLAINED


def test_checks_that_fail_in_one_alone_say_why_where_scores_agree() -> None:
    found = one(SOUND, run(findings=(*HOLDS, finding("protocol.order", Status.FAIL))))
    assert found.explanation is Explanation.FINDINGS
    assert found.failing == (("b", "protocol.order", "protocol.order says fail"),)


def test_deployments_within_noise_are_alike() -> None:
    assert one(SOUND, run(1e-6, findings=HOLDS)).explanation is Explanation.ALIKE


def test_what_has_no_scores_is_not_called_alike() -> None:
    assert one(SOUND, run(scores=(), findings=HOLDS)).explanation is Explanation.NOT_COMPARED


def test_areas_that_differ_are_named() -> None:
    assert one(SOUND, WRONG).areas == ((Area.NUMERICS, Coverage.VERIFIED, Coverage.FAILED),)


def test_each_is_held_against_the_one_it_differs_least_from() -> None:
    every = [
        verified("cpu-32", SOUND, target="reference", dtype="float32"),
        verified("cpu-16", SOUND, target="reference", dtype="bfloat16"),
        verified("web-32", SOUND, target="http://x", dtype="float32"),
        verified("web-16", SOUND, target="http://x", dtype="bfloat16"),
    ]
    assert _bases(of(*every)) == {"cpu-16": "cpu-32", "web-32": "cpu-32", "web-16": "cpu-16"}


def test_what_is_odd_is_held_against_what_is_right_and_never_against_what_is_odd_too() -> None:
    every = [verified("a", SOUND, dtype="float32"), verified("b", WRONG, dtype="bfloat16"), verified("c", WRONG)]
    assert _bases(of(*every)) == {"b": "a", "c": "a"}


def test_the_axes_that_differ_are_told_with_both_words() -> None:
    (found,) = of(verified("a", SOUND, target="t", dtype="float32"), verified("b", SOUND, target="t"))
    assert found.axes == (("dtype", "float32", "default"),)


def _bases(found: Iterable[Contrast]) -> dict[str, str]:
    return {each.deployment: each.base for each in found}

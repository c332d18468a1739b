"""Claims about a project: which decider decides, what it names, and what is wrong in a file of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from harness.audit import Asked, Rule, observations, read_claims, read_rule, shipped_rules
from harness.core.audit import Audited, Ruled, Ruling
from harness.core.errors import UsageError
from harness.core.findings import Finding
from harness.core.vocabulary import Area, Severity, Stage, Status

CONFIRMED, REFUTED, NOT_VERIFIABLE = Ruling.CONFIRMED, Ruling.REFUTED, Ruling.NOT_VERIFIABLE
BAD, GOOD = {"src/a.py": "bad()\n"}, {"src/a.py": "good()\n"}
Rule_ = Callable[..., Ruled]


@pytest.fixture
def claims_file(tmp_path: Path) -> Callable[[str], Path]:
    """Write one claim whose deciders (and further keys, after a line) are given."""

    def write(decide: str, keys: str = "") -> Path:
        path = tmp_path / "claims.toml"
        path.write_text(f'[[claim]]\nstatement = "s"\narea = "prompt"\ndecide = [{decide}]\n{keys}\n', encoding="utf-8")
        return path

    return write


@pytest.fixture
def good_call(rule_file: Callable[..., Path]) -> Rule:
    """A rule that finds every call of `good`."""
    found = {"rule": {"pattern": "good()"}, "wrong": ["good()"], "right": ["bad()"]}
    return read_rule(rule_file(id="good-call", mentions=["good"], message="good", languages={"python": found}))


@pytest.fixture
def ruled(audited: Callable[..., Audited], claims_file: Callable[..., Path], bad_call: Rule, good_call: Rule) -> Rule_:
    """What becomes of one claim in a tree."""

    def decide(files: dict[str, str], decide: str, keys: str = "", run: Sequence[Finding] | None = None) -> Ruled:
        known = (bad_call, good_call)
        claims = read_claims(claims_file(decide, keys), known)
        asked = Asked(claims=claims, deciding=known, run=None if run is None else tuple(run))
        (told,) = audited(files, [], asked=asked).claims
        return told

    return decide


@pytest.mark.parametrize(("then", "ruling"), [("confirmed", CONFIRMED), ("refuted", REFUTED)])
def test_a_rule_decides_as_it_is_said_where_it_finds_something(then: str, ruling: Ruling, ruled: Rule_) -> None:
    told = ruled(BAD, f'{{ rule = "bad-call", then = "{then}" }}')
    assert (told.ruling, told.by, told.area) == (ruling, "rule bad-call", Area.PROMPT)
    assert told.evidence == "src/a.py:1 module: bad() is called"


def test_a_rule_that_finds_nothing_decides_nothing(ruled: Rule_) -> None:
    told = ruled(GOOD, '{ rule = "bad-call", then = "refuted" }')
    assert (told.ruling, told.evidence) == (NOT_VERIFIABLE, "bad-call: nothing under *")


def test_deciders_are_asked_in_turn(ruled: Rule_) -> None:
    both = '{ rule = "bad-call", then = "refuted" }, { rule = "good-call", then = "confirmed" }'
    told = [ruled(files, both) for files in (BAD, GOOD, {"src/a.py": "bad(); good()\n"}, {"src/a.py": "x = 1\n"})]
    assert [(t.ruling, t.by) for t in told] == [
        (REFUTED, "rule bad-call"), (CONFIRMED, "rule good-call"), (REFUTED, "rule bad-call"),
        (NOT_VERIFIABLE, "rule bad-call, rule good-call"),
    ]  # fmt: skip
    assert told[3].evidence == "bad-call: nothing under *; good-call: nothing under *"


@pytest.mark.parametrize(
    ("where", "ruling", "evidence"),
    [
        ('["src/*"]', REFUTED, "src/a.py:1"), ('["*.py"]', REFUTED, "src/a.py:1"),
        ('["core/*", "src/*"]', REFUTED, "src/a.py:1"), ('["lib/*"]', NOT_VERIFIABLE, "bad-call: nothing under lib/*"),
        ('["core/*"]', NOT_VERIFIABLE, "the tree has no source under core/*"),
        ('["SRC/*"]', NOT_VERIFIABLE, "the tree has no source under SRC/*"),
    ],
)  # fmt: skip
def test_a_rule_decides_by_what_it_finds_under_where(where: str, ruling: Ruling, evidence: str, ruled: Rule_) -> None:
    told = ruled({**BAD, "lib/b.py": "x = 1\n"}, f'{{ rule = "bad-call", where = {where}, then = "refuted" }}')
    assert told.ruling is ruling
    assert told.evidence.startswith(evidence)


def test_where_a_rule_looked_and_found_it_in_order_healthy_decides(
    audited: Callable[..., Audited], claims_file: Callable[..., Path], rule_file: Callable[..., Path]
) -> None:
    used = {"rule": {"kind": "class_definition"}, "wrong": ["class A: pass"], "right": ["x = 1"]}
    rule = read_rule(rule_file(judge="unused", mentions=["class"], message="unused", languages={"python": used}))
    claims = read_claims(claims_file('{ rule = "bad-call", then = "refuted", healthy = "confirmed" }'), [rule])
    asked = Asked(claims=claims, deciding=(rule,))
    ruled = [
        audited({"a.py": text}, [], asked=asked).claims[0] for text in ("class A: 1\n", "class A: 1\nA()\n", "x=1\n")
    ]
    assert [told.ruling for told in ruled] == [REFUTED, CONFIRMED, NOT_VERIFIABLE]
    assert ruled[1].evidence == "bad-call: what there is in a.py is in order"


def test_why_it_decides_stands_before_what_is_found(ruled: Rule_) -> None:
    told = ruled(BAD, '{ rule = "bad-call", then = "confirmed", because = "bad is never good" }')
    assert told.evidence == "bad is never good; src/a.py:1 module: bad() is called"


def test_evidence_names_some_places_and_how_many_there_are(ruled: Rule_) -> None:
    files = {f"src/{name}.py": "bad()\n" for name in "abcde"}
    told = ruled(files, '{ rule = "bad-call", then = "refuted" }').evidence.split("; ")
    assert [place.partition(" ")[0] for place in told] == ["src/a.py:1", "src/b.py:1", "src/c.py:1", "2"]


@pytest.mark.parametrize(("otherwise", "ruling"), [("confirmed", CONFIRMED), ("refuted", REFUTED)])
def test_otherwise_decides_where_there_is_something_to_decide_on(otherwise: str, ruling: Ruling, ruled: Rule_) -> None:
    decide, keys = '{ rule = "bad-call", where = ["src/*"], then = "refuted" }', f'otherwise = "{otherwise}"'
    assert ruled(GOOD, decide, keys).ruling is ruling


@pytest.mark.parametrize("otherwise", ["confirmed", "refuted"])
def test_nothing_is_decided_where_the_tree_has_no_such_files(otherwise: str, ruled: Rule_) -> None:
    decide, keys = '{ rule = "bad-call", where = ["src/*"], then = "refuted" }', f'otherwise = "{otherwise}"'
    assert ruled({"lib/a.py": "good()\n"}, decide, keys).ruling is NOT_VERIFIABLE


def finding(status: Status, message: str = "told", check: str = "prompt.template") -> Finding:
    """A finding of a run."""
    return Finding(
        check=check, title="", area=Area.PROMPT, stage=Stage.ASSEMBLE, status=status, severity=Severity.MAJOR,
        device="cpu", message=message, value=None, limit=None, margin=None, unit="", evidence="", remedy="",
        subject="", reproduce="", seconds=0.0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("statuses", "ruling"),
    [
        ([Status.PASS], CONFIRMED), ([Status.PASS, Status.WARN], CONFIRMED), ([Status.FAIL], REFUTED),
        ([Status.PASS, Status.FAIL], REFUTED), ([Status.NOT_VERIFIED], NOT_VERIFIABLE),
        ([Status.PASS, Status.NOT_VERIFIED], NOT_VERIFIABLE), ([], NOT_VERIFIABLE),
    ],
)  # fmt: skip
def test_a_check_decides_by_the_findings_of_a_run(statuses: list[Status], ruling: Ruling, ruled: Rule_) -> None:
    run = [*(finding(status) for status in statuses), finding(Status.FAIL, check="prompt.other")]
    told = ruled({}, '{ check = "prompt.template" }', run=run)
    assert (told.ruling, told.by) == (ruling, "check prompt.template")
    assert told.evidence == ("; ".join(f"{s}: told" for s in statuses) or "the run has no finding of prompt.template")


def test_a_check_decides_nothing_without_a_run(ruled: Rule_) -> None:
    told = ruled({}, '{ check = "prompt.template" }')
    assert (told.ruling, told.evidence) == (NOT_VERIFIABLE, "prompt.template is a check of a run: name one with --run")


def test_a_check_that_cannot_decide_leaves_it_to_the_next(ruled: Rule_) -> None:
    told = ruled(BAD, '{ check = "prompt.template" }, { rule = "bad-call", then = "refuted" }')
    assert (told.ruling, told.by) == (REFUTED, "rule bad-call")


@pytest.mark.parametrize(("yes", "ruling"), [(9693, CONFIRMED), (9454, REFUTED)])
def test_a_fact_decides_whatever_the_tree(yes: int, ruling: Ruling, ruled: Rule_) -> None:
    told = ruled({}, f'{{ fact = "token-ids", with = {{ yes = {yes} }} }}')
    assert (told.ruling, told.by) == (ruling, "fact token-ids")
    assert told.evidence.startswith(f"{yes} is ")


def test_a_rule_that_only_decides_claims_reports_nothing(
    audited: Callable[..., Audited], claims_file: Callable[..., Path], bad_call: Rule
) -> None:
    claims = read_claims(claims_file('{ rule = "bad-call", then = "confirmed" }'), [bad_call])
    found = audited(BAD, [], asked=Asked(claims=claims, deciding=(bad_call,)))
    assert (found.findings, found.rules, found.falls_short) == ((), (), False)
    assert found.claims[0].ruling is CONFIRMED


def test_an_accepted_finding_decides_all_the_same(
    audited: Callable[..., Audited], claims_file: Callable[..., Path], bad_call: Rule
) -> None:
    claims = read_claims(claims_file('{ rule = "bad-call", then = "refuted" }'), [bad_call])
    text = "bad()  # rerank-audit: accept bad-call until 9999-12-31: known\n"
    found = audited({"a.py": text}, [bad_call], asked=Asked(claims=claims, deciding=(bad_call,)))
    assert (found.problems, found.claims[0].ruling, found.falls_short) == ((), REFUTED, True)


@pytest.mark.parametrize(
    ("decide", "keys", "told"),
    [
        ('{ rule = "gone", then = "refuted" }', "", "claim 1: no rule 'gone'; there are bad-call"),
        ('{ fact = "gone" }', "", "claim 1: no fact 'gone'; there are autocast-device-type, constant-score, token-ids"),
        ('{ rule = "bad-call" }', "", "claim 1, decide 1"), ("", "", "claim 1, decide: [] should be non-empty"),
        ('{ rule = "bad-call", then = "maybe" }', "", "claim 1, decide 1, then: 'maybe' is not known"),
        ('{ rule = "bad-call", then = "refuted", wehre = ["a"] }', "",
         "there is no key 'wehre'; did you mean 'where'?"),
        ('{ rule = "bad-call", fact = "token-ids", then = "refuted" }', "", "claim 1, decide 1"),
        ('{ fact = "token-ids" }', 'otherwise = "maybe"', "claim 1, otherwise: 'maybe' is not known"),
        ('{ fact = "token-ids" }', "[[claim]]\nstatement = 't'\narea = 'nowhere'\ndecide = [{ fact = 'token-ids' }]",
         "claim 2, area: 'nowhere' is not known"),
    ],
)  # fmt: skip
def test_a_claim_that_is_wrong_is_told_with_its_number(
    decide: str, keys: str, told: str, claims_file: Callable[..., Path], bad_call: Rule
) -> None:
    path = claims_file(decide, keys)
    with pytest.raises(UsageError) as error:
        read_claims(path, [bad_call])
    assert str(path) in str(error.value)
    assert told in str(error.value)


def test_a_fact_with_wrong_values_is_told(ruled: Rule_) -> None:
    with pytest.raises(UsageError, match="the fact token-ids takes words and their ids"):
        ruled({}, '{ fact = "token-ids" }')


def test_an_area_has_the_name_that_the_program_gives_it(claims_file: Callable[..., Path]) -> None:
    for area in Area:
        path = claims_file('{ fact = "token-ids" }')
        path.write_text(path.read_text().replace('"prompt"', f'"{area.value}"'))
        assert read_claims(path, [])[0].area is area


def test_a_file_is_meant_before_a_shipped_one_of_its_name(
    claims_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = claims_file('{ fact = "token-ids" }')
    path.rename(path.with_name("text-embeddings-inference"))
    monkeypatch.chdir(path.parent)
    assert [claim.statement for claim in read_claims(Path("text-embeddings-inference"), [])] == ["s"]


def test_claims_that_nobody_wrote_are_told() -> None:
    with pytest.raises(UsageError, match="no-such-project cannot be read as a file of claims"):
        read_claims(Path("no-such-project"), [])


def test_a_refuted_claim_falls_short(audited: Callable[..., Audited]) -> None:
    claim = read_claims(Path("text-embeddings-inference"), (*shipped_rules(), *observations()))[0]
    assert audited({}, [], asked=Asked(claims=(claim,))).falls_short
    kept = replace(claim, deciders=(replace(claim.deciders[0], values={"yes": 9693}),))
    assert not audited({}, [], asked=Asked(claims=(kept,))).falls_short

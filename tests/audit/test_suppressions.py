"""What somebody accepted: with a reason and an end, to the point, or it is a problem itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from harness.audit import Asked, Baseline, Rule, read_baseline
from harness.core.audit import Audited
from harness.core.errors import UsageError
from harness.core.vocabulary import Status

TODAY = date(2026, 11, 27)
UNTIL = "until 2027-01-31: the fix comes with the next model"
ENTRY = {"rule": "bad-call", "path": "a.py", "reason": "the fix comes", "expires": "2027-01-31"}


@pytest.fixture
def accepting(audited: Callable[..., Audited], bad_call: Rule) -> Callable[..., Audited]:
    """Audit one file, or several, on a certain day."""

    def run(text: str | dict[str, str], baseline: Baseline | None = None, today: date = TODAY) -> Audited:
        files = {"a.py": text} if isinstance(text, str) else text
        return audited(files, [bad_call], asked=Asked(baseline=baseline or Baseline(), today=today))

    return run


@pytest.fixture
def baseline_file(tmp_path: Path) -> Callable[..., Path]:
    """Write a baseline of one entry, some of its keys changed, or left out where they are None."""

    def write(**changes: str | None) -> Path:
        fields = {name: value for name, value in {**ENTRY, **changes}.items() if value is not None}
        path = tmp_path / "baseline.toml"
        path.write_text("\n".join(["[[accepted]]", *(f'{name} = "{value}"' for name, value in fields.items())]))
        return path

    return write


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", f"bad()  # rerank-audit: accept bad-call {UNTIL}\n"),
        ("a.py", f"# rerank-audit: accept bad-call {UNTIL}\nbad()\n"),
        ("a.py", f"def f():\n    # rerank-audit: accept bad-call {UNTIL}\n    return bad(\n        1,\n    )\n"),
        ("a.py", f"bad(\n    1,  # rerank-audit: accept bad-call {UNTIL}\n)\n"),
        ("a.rs", f"fn f() {{\n    // rerank-audit: accept bad-call {UNTIL}\n    bad();\n}}\n"),
        ("a.rs", f"fn f() {{\n    bad(); /* rerank-audit: accept bad-call {UNTIL} */\n}}\n"),
        ("a.cpp", f"void f() {{\n    /* rerank-audit: accept bad-call {UNTIL} */\n    bad();\n}}\n"),
        ("a.cpp", f"void f() {{\n    bad(); //rerank-audit:accept bad-call {UNTIL}\n}}\n"),
    ],
)
def test_a_comment_on_the_line_or_above_it_accepts(name: str, text: str, accepting: Callable[..., Audited]) -> None:
    found = accepting({name: text})
    (finding,) = found.findings
    assert finding.suppression is not None, found.problems
    assert (finding.suppression.kind, finding.suppression.expires) == ("comment", date(2027, 1, 31))
    assert finding.suppression.reason == "the fix comes with the next model"


def test_what_is_accepted_is_told_as_a_warning_and_does_not_fall_short(accepting: Callable[..., Audited]) -> None:
    found = accepting(f"bad()  # rerank-audit: accept bad-call {UNTIL}\n")
    assert (found.falls_short, found.problems, found.findings[0].status) == (False, (), Status.WARN)
    assert "(accepted until 2027-01-31: the fix comes" in found.findings[0].outcome.message


def test_what_is_not_accepted_falls_short(accepting: Callable[..., Audited]) -> None:
    assert accepting("bad()\n").falls_short


def test_an_acceptance_holds_through_its_last_day(accepting: Callable[..., Audited]) -> None:
    text = f"bad()  # rerank-audit: accept bad-call {UNTIL}\n"
    assert accepting(text, today=date(2027, 1, 31)).findings[0].suppression is not None
    expired = accepting(text, today=date(2027, 2, 1))
    assert (expired.findings[0].suppression, expired.falls_short) == (None, True)
    assert expired.problems == ("a.py:1: the acceptance of bad-call expired on 2027-01-31",)


@pytest.mark.parametrize(
    "said",
    [
        "accept bad-call", "accept bad-call until 2027-01-31", "accept bad-call until 2027-01-31:",
        "accept bad-call until 2027-01-31:  ", "accept bad-call: because", "accept bad-call until soon: because",
        "accept bad-call until 2027-02-30: because",
    ],
)  # fmt: skip
def test_a_comment_without_a_reason_or_an_end_accepts_nothing(said: str, accepting: Callable[..., Audited]) -> None:
    found = accepting(f"x = 1\nbad()  # rerank-audit: {said}\n")
    assert (len(found.problems), found.findings[0].suppression, found.falls_short) == (1, None, True)
    assert found.problems[0].startswith("a.py:2: bad-call is accepted without a reason or an end; write")


@pytest.mark.parametrize("said", ["acept bad-call until 2027-01-31: x", "accept", "ignore bad-call", "accept BAD: x"])
def test_a_comment_that_is_misspelt_is_a_problem(said: str, accepting: Callable[..., Audited]) -> None:
    found = accepting(f"bad()  # rerank-audit: {said}\n")
    assert [problem.partition(";")[0] for problem in found.problems] == [
        "a.py:1: a comment to the audit is not understood"
    ]
    assert found.findings[0].suppression is None


@pytest.mark.parametrize(
    "text",
    [
        f"bad()  # rerank-audit: accept other-rule {UNTIL}\n",
        f"# rerank-audit: accept bad-call {UNTIL}\nx = 1\nbad()\n",
        f"bad()\n# rerank-audit: accept bad-call {UNTIL}\n",
    ],
)  # fmt: skip
def test_a_comment_for_what_is_not_found_there_is_a_problem(text: str, accepting: Callable[..., Audited]) -> None:
    found = accepting(text)
    assert (len(found.problems), found.findings[0].suppression) == (1, None)
    assert "which is not found there any more; remove it" in found.problems[0]


def test_a_comment_where_nothing_is_found_falls_short(accepting: Callable[..., Audited]) -> None:
    found = accepting(f"good()  # rerank-audit: accept bad-call {UNTIL}\n")
    assert (found.findings, found.falls_short) == ((), True)


def test_a_comment_accepts_one_symbol_alone(accepting: Callable[..., Audited]) -> None:
    found = accepting(f"def f():\n    bad()  # rerank-audit: accept bad-call {UNTIL}\n\ndef g():\n    bad()\n")
    assert [finding.suppression is None for finding in found.findings] == [False, True]


def test_a_text_that_speaks_of_comments_is_none(accepting: Callable[..., Audited]) -> None:
    found = accepting(f"HOW = '# rerank-audit: accept bad-call {UNTIL}'\n")
    assert (found.findings, found.problems) == ((), ())


@pytest.mark.parametrize("same", ["bad()\n", "def f():\n    return bad()\n", "class A:\n    x = bad()\n"])
@pytest.mark.parametrize("path", ["a.py", "*.py", "*"])
def test_an_entry_of_a_baseline_accepts(
    path: str, same: str, accepting: Callable[..., Audited], baseline_file: Callable[..., Path]
) -> None:
    found = accepting(same, read_baseline(baseline_file(path=path)))
    assert (found.falls_short, found.problems) == (False, ())
    assert found.findings[0].suppression is not None
    assert found.findings[0].suppression.kind == "baseline"


@pytest.mark.parametrize(
    ("changes", "accepted"),
    [
        ({"symbol": "Model.score"}, {"Model.score"}), ({"symbol": "Model.*"}, {"Model.score", "Model.rank"}),
        ({"symbol": "*.score"}, {"Model.score"}), ({"path": "a.*", "symbol": "free"}, {"free"}),
        ({}, {"Model.score", "Model.rank", "free"}),
    ],
)  # fmt: skip
def test_path_and_symbol_are_patterns(
    changes: dict[str, str], accepted: set[str], accepting: Callable[..., Audited], baseline_file: Callable[..., Path]
) -> None:
    text = "class Model:\n    def score(self): bad()\n    def rank(self): bad()\ndef free(): bad()\n"
    found = accepting(text, read_baseline(baseline_file(**changes)))
    assert {f.place.symbol for f in found.findings if f.suppression is not None} == accepted


@pytest.mark.parametrize(
    "changes", [{"path": "b.py"}, {"rule": "other-rule"}, {"symbol": "Model"}, {"path": "A.py"}, {"path": "/a.py"}]
)
def test_an_entry_that_matches_nothing_is_a_problem(
    changes: dict[str, str], accepting: Callable[..., Audited], baseline_file: Callable[..., Path]
) -> None:
    found = accepting("bad()\n", read_baseline(baseline_file(**changes)))
    assert [problem.partition(":")[0] for problem in found.problems] == ["baseline entry 1"]
    assert (found.findings[0].suppression, found.falls_short) == (None, True)


def test_an_entry_that_has_expired_is_a_problem(
    accepting: Callable[..., Audited], baseline_file: Callable[..., Path]
) -> None:
    found = accepting("bad()\n", read_baseline(baseline_file(expires="2026-11-26")))
    assert found.problems == ("baseline entry 1: the acceptance of bad-call expired on 2026-11-26",)
    assert found.findings[0].suppression is None


def test_a_comment_that_has_expired_does_not_hide_an_entry_that_holds(
    accepting: Callable[..., Audited], baseline_file: Callable[..., Path]
) -> None:
    text = "bad()  # rerank-audit: accept bad-call until 2026-01-01: old\n"
    found = accepting(text, read_baseline(baseline_file()))
    assert found.findings[0].suppression is not None
    assert found.problems == ("a.py:1: the acceptance of bad-call expired on 2026-01-01",)


def test_a_date_may_be_written_as_one(tmp_path: Path) -> None:
    path = tmp_path / "baseline.toml"
    path.write_text('[[accepted]]\nrule = "r"\npath = "p"\nreason = "x"\nexpires = 2027-01-31\n')
    assert read_baseline(path).entries[0].expires == date(2027, 1, 31)


def test_an_empty_baseline_accepts_nothing(tmp_path: Path) -> None:
    (tmp_path / "baseline.toml").touch()
    assert read_baseline(tmp_path / "baseline.toml") == Baseline()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"reason": None}, "accepted 1: 'reason' is missing"), ({"expires": None}, "accepted 1: 'expires' is missing"),
        ({"expires": "soon"}, "accepted 1, expires"), ({"expires": "2027-02-30"}, "accepted 1, expires: day is out of"),
        ({"simbol": "x"}, "accepted 1: there is no key 'simbol'; did you mean 'symbol'?"),
        ({"reason": ""}, "accepted 1, reason"),
    ],
)  # fmt: skip
def test_a_wrong_entry_is_told_with_file_and_number(
    changes: dict[str, str | None], told: str, baseline_file: Callable[..., Path]
) -> None:
    with pytest.raises(UsageError) as error:
        read_baseline(baseline_file(**changes))
    assert "baseline.toml is no baseline: " in str(error.value)
    assert told in str(error.value)


@pytest.mark.parametrize("text", ["[[accepted", "[[acepted]]\nrule = 'x'\n", "\xff"])
def test_what_is_no_baseline_is_told_in_a_line(text: str, tmp_path: Path) -> None:
    path = tmp_path / "baseline.toml"
    path.write_text(text, encoding="latin-1")
    with pytest.raises(UsageError, match=r"baseline\.toml") as error:
        read_baseline(path)
    assert "\n" not in str(error.value)

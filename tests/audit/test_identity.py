"""A finding stays the same for as long as its rule, its file and its symbol do; a symbol has one of each rule."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.audit import Rule, read_rule
from harness.core.audit import Audited, SourceFinding

Audit = Callable[..., Audited]

PYTHON = "class Model:\n    def score(self, x):\n        return bad(x, 1)\n"
RUST = "impl Score for Model {\n    fn score(&self) -> f32 {\n        bad(self, 1)\n    }\n}\n"
CPP = "float Model::score(int x) {\n    return bad(x, 1);\n}\n"
#: The same code laid out in another way.
REFORMATTED = [
    ("a.py", PYTHON, f"\n\n# above\n{PYTHON}"),
    (
        "a.py",
        PYTHON,
        "class Model:\n  # above\n  def score(self, x):\n\n    return bad(\n        x,\n        1,\n    )\n",
    ),
    ("a.py", PYTHON, f"def other():\n    pass\n\n\n{PYTHON}"),
    ("a.py", PYTHON, PYTHON.replace("\n", "\r\n")),
    ("a.py", PYTHON, PYTHON.replace("return bad(x, 1)", "y = bad(x + 1, 1)  # says more\n        return y")),
    ("a.rs", RUST, "// above\nimpl Score for Model { fn score(&self) -> f32 { bad(\n self,\n 1,\n) } }\n"),
    ("a.rs", RUST, RUST.replace("impl Score for Model {", "impl Score for Model {\n    fn new() -> Self {}\n")),
    ("a.rs", RUST, RUST.replace("impl Score for Model", "impl<T: Clone> Score for Model<T>")),
    ("a.cpp", CPP, "/* above */ float\nModel::score(int x)\n{\n    return bad(\n        x, 1);\n}\n"),
    ("a.cpp", CPP, f"static int other() {{ return 1; }}\n{CPP}"),
    ("a.cpp", CPP, CPP.replace("float Model", "const std::vector<float> & Model")),
]


@pytest.fixture
def only(audited: Audit, bad_call: Rule) -> Callable[..., SourceFinding]:
    """The only finding of a tree."""

    def find(files: dict[str, str], rule: Rule = bad_call) -> SourceFinding:
        (finding,) = audited(files, [rule]).findings
        return finding

    return find


@pytest.mark.parametrize(("name", "text", "other"), REFORMATTED)
def test_another_layout_is_the_same_finding(
    name: str, text: str, other: str, only: Callable[..., SourceFinding]
) -> None:
    assert only({name: text}).identity == only({name: other}).identity


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", PYTHON.replace("score", "rank")), ("a.py", PYTHON.replace("Model", "Other")),
        ("a.py", "def score(self, x):\n    return bad(x, 1)\n"),
        ("a.py", PYTHON.replace("        return", "        def inner():\n            return")),
    ],
)  # fmt: skip
def test_another_symbol_is_another_finding(name: str, text: str, only: Callable[..., SourceFinding]) -> None:
    assert only({"a.py": PYTHON}).identity != only({name: text}).identity


def test_another_file_or_rule_is_another_finding(
    audited: Audit, bad_call: Rule, rule_file: Callable[..., object]
) -> None:
    other = read_rule(rule_file(id="bad-call-too"))  # type: ignore[arg-type]
    found = audited({"a.py": PYTHON, "b/a.py": PYTHON}, [bad_call, other]).findings
    assert (len(found), len({finding.identity for finding in found})) == (4, 4)


def test_an_identity_is_the_same_in_every_version_of_the_program(only: Callable[..., SourceFinding]) -> None:
    assert only({"a.py": PYTHON}).identity == "f5d161c14708189efd08d5180837a400"


def test_several_matches_of_a_symbol_are_one_finding(audited: Audit, bad_call: Rule) -> None:
    text = "def f():\n    bad(1)\n    bad(2); bad(3)\n    bad(4)\n\ndef g():\n    bad(5)\n"
    first, second = audited({"a.py": text}, [bad_call]).findings
    assert (first.place.line, [place.line for place in first.also]) == (2, [3, 3, 4])
    assert (first.message, second.place.symbol, second.also) == ("bad(1) is called", "g", ())


def test_matches_on_one_line_are_told_once(audited: Audit, bad_call: Rule) -> None:
    (finding,) = audited({"a.py": "def f():\n    bad(1); bad(2)\n"}, [bad_call]).findings
    assert finding.also == ()


def test_functions_of_one_name_are_one_symbol(audited: Audit, bad_call: Rule) -> None:
    text = "if FAST:\n    def f():\n        bad(1)\nelse:\n    def f():\n        bad(2)\n"
    (finding,) = audited({"a.py": text}, [bad_call]).findings
    assert [place.line for place in finding.also] == [6]


def test_what_a_judge_says_apart_is_told_as_one(audited: Audit) -> None:
    text = 'def f():\n    a = "<Instruct>: {}\\n\\n<Query>: {}"\n    b = "<Query>: {}\\n\\n<Document>: {}"\n'
    (finding,) = audited({"a.py": text}, ["prompt-differs"]).findings
    assert (finding.place.line, [place.line for place in finding.also]) == (2, [3])
    assert "a.py:3: the template is not the prompt of Qwen3-Reranker" in finding.evidence


def test_findings_come_in_the_order_of_rules_and_places(
    audited: Audit, bad_call: Rule, rule_file: Callable[..., object]
) -> None:
    other = read_rule(rule_file(id="a-bad-call"))  # type: ignore[arg-type]
    text = "def z():\n    bad()\n\ndef a():\n    bad()\n"
    found = audited({"b.py": text, "a.py": text}, [bad_call, other]).findings
    assert [(f.rule.id, f.place.path) for f in found] == [
        ("bad-call", "a.py"), ("bad-call", "a.py"), ("bad-call", "b.py"), ("bad-call", "b.py"),
        ("a-bad-call", "a.py"), ("a-bad-call", "a.py"), ("a-bad-call", "b.py"), ("a-bad-call", "b.py"),
    ]  # fmt: skip
    assert [finding.place.line for finding in found[:2]] == [2, 5]


def test_a_long_match_is_shown_by_its_beginning(only: Callable[..., SourceFinding]) -> None:
    finding = only({"a.py": "bad(\n" + "    1,\n" * 20 + ")\n"})
    assert finding.snippet.splitlines() == ["bad(", *["    1,"] * 5, "…"]
    assert len(finding.message) <= 110


def test_an_audit_of_the_same_tree_says_the_same(audited: Audit, bad_call: Rule) -> None:
    files = {"a.py": PYTHON, "b.rs": RUST, "c.cpp": CPP}
    assert audited(files, [bad_call]).findings == audited(files, [bad_call]).findings

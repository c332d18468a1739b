"""One file as a syntax tree: what things are called in it, and what becomes of what does not parse."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from harness.audit import Rule
from harness.audit.files import LARGEST
from harness.audit.nodes import find
from harness.audit.source import Source
from harness.core.audit import Audited, Left

Parsed = Callable[..., Source]
Audit = Callable[..., Audited]
#: Seconds that a file may take that nobody wrote by hand; it takes a fraction of one.
SOON = 5.0

PYTHON = """
LIMIT = mark
settings = dict(level=mark)

def outer(a=mark):
    class Local:
        def method(self):
            def inner():
                return mark

class Model:
    size = mark

    async def predict(self):
        score = mark

    @property
    def head(self):
        return lambda x: mark
"""
RUST = """
const LIMIT: u32 = mark;
static NAME: u32 = mark;
mod backend {
    impl<T> Model for Qwen3<T> {
        fn predict(&self) -> u32 { mark }
    }
    impl Qwen3 {
        fn new() -> Self { Self { size: mark } }
    }
    trait Scores {
        fn score(&self) -> u32 { mark }
    }
}
fn free() { let x = || mark; }
impl Table { const SIZE: u32 = mark; }
"""
CPP = """
static const int LIMIT = mark;
namespace rank {
class Model {
    int size() const { return mark; }
    int limit = mark;
};
struct Row { ~Row() { mark; } bool operator==(const Row & o) const { return mark; } };
int Model::score(const Row & row) { return mark; }
template <typename T> std::vector<T> * rows(T & t) { return mark; }
}
int * outside() { auto f = [&] { return mark; }; }
"""


def symbols(source: Source) -> list[str]:
    """The symbols in which the word `mark` stands, in the order of places."""
    found = find(source.root, {"rule": {"kind": "identifier", "regex": "^mark$"}})
    return [source.symbol_of(node) for node in found]


def test_symbols_of_python(parsed: Parsed) -> None:
    assert symbols(parsed(PYTHON)) == [
        "LIMIT", "settings", "outer", "outer.Local.method.inner", "Model.size", "Model.predict", "Model.head",
    ]  # fmt: skip


def test_symbols_of_rust(parsed: Parsed) -> None:
    assert symbols(parsed(RUST, "lib.rs")) == [
        "LIMIT", "NAME", "backend::<Qwen3 as Model>::predict", "backend::Qwen3::new", "backend::Scores::score", "free",
        "Table::SIZE",
    ]  # fmt: skip


def test_symbols_of_cpp(parsed: Parsed) -> None:
    assert symbols(parsed(CPP, "model.cpp")) == [
        "LIMIT", "rank::Model::size", "rank::Model::limit", "rank::Row::~Row", "rank::Row::operator==",
        "rank::Model::score", "rank::rows", "outside",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "known"),
    [
        ("a.py", PYTHON, {"method": "Local", "predict": "Model", "outer": ""}),
        ("a.rs", RUST, {"predict": "<Qwen3 as Model>", "new": "Qwen3", "score": "Scores", "free": ""}),
        ("a.cpp", CPP, {"size": "Model", "score": "Model", "rows": "rank", "outside": ""}),
    ],
)
def test_functions_know_the_type_that_they_belong_to(
    name: str, text: str, known: dict[str, str], parsed: Parsed
) -> None:
    owners = {function.name: function.owner for function in parsed(text, name).functions}
    assert owners.items() >= known.items()


def test_what_stands_outside_of_everything_belongs_to_the_module(parsed: Parsed) -> None:
    assert symbols(parsed("mark()\nif mark:\n    pass\n")) == ["module", "module"]


def test_places_count_from_one_in_characters(parsed: Parsed) -> None:
    source = parsed("# 日本語\ndef f():\n    x = '🙂'; mark\n")
    (node,) = find(source.root, {"rule": {"kind": "identifier", "regex": "^mark$"}})
    place = source.place(node)
    assert (place.line, place.column, place.end_line, place.end_column) == (3, 14, 3, 18)
    assert str(place) == "file.py:3"


def test_lines_with_ends_of_any_system_are_counted_alike(audited: Audit, bad_call: Rule) -> None:
    found = audited({"a.py": "x = 1\r\n\r\nbad()\r\n"}, [bad_call])
    assert [(f.place.line, f.snippet) for f in found.findings] == [(3, "bad()")]


def test_a_form_feed_ends_no_line(audited: Audit, bad_call: Rule) -> None:
    found = audited({"a.py": "x = 1\n\f\ny = '\x1c\u2028'\nbad()\n"}, [bad_call])
    assert [(f.place.line, f.snippet) for f in found.findings] == [(4, "bad()")]


@pytest.mark.parametrize(
    ("name", "text"), [("a.py", "]] ?? ((\n" * 3), ("a.rs", "}} ?? @@ ((\n" * 3), ("a.cpp", ")) ?? @@ {{ ((\n" * 3)]
)
def test_a_file_that_does_not_parse_is_named_and_skipped(name: str, text: str, audited: Audit, bad_call: Rule) -> None:
    found = audited({name: text, "b.py": "bad()\n"}, [bad_call])
    assert [(left.path, left.reason.partition(" as ")[0]) for left in found.left] == [(name, "does not parse")]
    assert [finding.place.path for finding in found.findings] == ["b.py"]


@pytest.mark.parametrize(
    ("name", "whole", "broken"),
    [
        ("a.py", "def fine():\n    bad()\n    go()\n    return 1\n\n", "def broken():\n    bad()\n    x = = 1\n"),
        ("a.rs", "fn fine() {\n    bad();\n    go(1, 2, 3, 4);\n}\n", "fn broken() {\n    let = = 1;\n    bad();\n}\n"),
        (
            "a.cpp",
            "void fine() {\n    bad();\n    go(1, 2, 3, 4);\n}\n",
            "void broken() {\n    bad();\n    int = = 1;\n}\n",
        ),
    ],
)
def test_a_function_that_does_not_parse_is_named_and_the_others_are_audited(
    name: str, whole: str, broken: str, audited: Audit, bad_call: Rule
) -> None:
    found = audited({name: whole + broken}, [bad_call])
    assert [finding.place.symbol for finding in found.findings] == ["fine"]
    line = whole.count("\n") + 1
    assert found.left == (Left(name, f"does not parse at line {line}; the functions there were not audited"),)


def test_many_broken_places_are_named_by_the_first(audited: Audit, bad_call: Rule) -> None:
    text = "".join(f"def f{n}():\n    x = = {n}\n" + f"def g{n}():\n    return call({n})\n" * 2 for n in range(8))
    (left,) = audited({"a.py": text}, [bad_call]).left
    assert left.reason == "does not parse at line 1, 7, 13, 19, 25 …; the functions there were not audited"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", "x = " + "[" * 100_000 + "]" * 100_000 + "\n"), ("a.py", "x = " + "[" * 100_000 + "\n"),
        ("a.py", "x = " + "(" * 20_000 + "1" + ")" * 20_000 + "\n"),
        ("a.rs", "fn f() { let x = " + "(" * 20_000 + "1" + ")" * 20_000 + "; }\n"),
        ("a.rs", "fn f() { let x = " + "[" * 100_000 + "]" * 100_000 + "; }\n"),
        ("a.cpp", "int x = " + "(" * 20_000 + "1" + ")" * 20_000 + ";\n"),
        ("a.cpp", "int x[] = " + "{" * 100_000 + "}" * 100_000 + ";\n"),
        ("a.py", "x = " + "f(" * 20_000 + "1" + ")" * 20_000 + "\n"), ("a.py", "x = y" + ".f()" * 20_000 + "\n"),
        ("a.py", "x = [" + "1, " * ((LARGEST - 10) // 3) + "]\n"), ("a.py", "x = '" + "a" * (LARGEST - 10) + "'\n"),
        ("a.rs", "// " + "a" * (LARGEST - 10) + "\n"),
    ],
    ids=[
        "brackets-python", "unclosed-python", "parentheses-python", "parentheses-rust", "brackets-rust",
        "parentheses-cpp", "braces-cpp", "calls", "methods", "list-of-2-MiB", "text-of-2-MiB", "comment-of-2-MiB",
    ],
)  # fmt: skip
def test_deep_and_long_files_neither_end_the_audit_nor_hold_it_up(
    name: str, text: str, audited: Audit, bad_call: Rule
) -> None:
    began = time.perf_counter()
    found = audited({name: text, "z.py": "bad()\n"}, [bad_call])
    assert [finding.place.path for finding in found.findings] == ["z.py"]
    assert time.perf_counter() - began < SOON


def test_progress_is_told_file_by_file(audited: Audit, bad_call: Rule) -> None:
    told: list[tuple[int, int]] = []
    audited(dict.fromkeys(("a.py", "b.rs", "c.py"), ""), [bad_call], progress=lambda *done: told.append(done))
    assert told == [(1, 3), (2, 3), (3, 3)]

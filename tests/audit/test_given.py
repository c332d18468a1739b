"""Names are followed to what they were given as a reader would do it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.audit.nodes import find
from harness.audit.source import Source
from harness.audit.values.following import names_behind
from harness.audit.values.given import given

Parsed = Callable[..., Source]


def given_to(name: str, source: Source) -> list[str]:
    """What the last mention of a name was given."""
    node = find(source.root, {"rule": {"pattern": name}})[-1]
    return [value.text() for value in given(node)]


@pytest.mark.parametrize(
    ("name", "text", "values"),
    [
        ("file.py", "def f():\n    x = 1\n    x = 2\n    use(x)\n", ["2"]),
        ("file.py", "def f(c):\n    x = 1\n    if c:\n        x = 2\n    use(x)\n", ["2", "1"]),
        ("file.py", "def f():\n    x = []\n    x += [1]\n    use(x)\n", ["[1]", "[]"]),
        ("file.py", "def f():\n    use(x)\nx = 1\ndef g():\n    y = x\n    x\n", ["1"]),
        ("file.py", "def f(x):\n    x\ndef g():\n    x = 1\n", []),
        ("file.py", "def f(rows):\n    for x in rows:\n        x\n", ["rows"]),
        ("file.py", "def f(rows):\n    return [x for x in rows if g(x)]\n", ["rows"]),
        ("file.py", "a, x = 1, 2\nx\n", ["2"]),
        ("file.py", "match kind:\n    case x:\n        x\n", ["kind"]),
        ("file.rs", "fn f() { let x = 1; let x = 2; x; }", ["2"]),
        ("file.rs", "const X: u8 = 1; fn f() { let x = X; x; }", ["X"]),
        ("file.rs", "fn f(rows: &[f32]) { rows.iter().map(|x| g(x)) }", ["rows.iter()"]),
        ("file.rs", "fn f(y: K) { match y { K::A(x) => g(x) } }", ["y"]),
        ("file.rs", "fn f() { if let Some(x) = get() { g(x) } }", ["get()"]),
        ("file.cpp", "void f() { int x = 1; x = 2; g(x); }", ["2"]),
        ("file.cpp", "void f(V v) { for (auto x : v) { g(x); } }", ["v"]),
        ("file.cpp", "struct S { S(int y) : x(y) { g(x); } int x; };", ["y"]),
        ("file.cpp", "void f() { V x; fill(x); g(x); }", ["fill(x)"]),
    ],
)
def test_a_name_was_given(name: str, text: str, values: list[str], parsed: Parsed) -> None:
    assert given_to("x", parsed(text, name)) == values


def test_a_member_is_given_something_in_another_function_of_its_class(parsed: Parsed) -> None:
    text = "class A:\n    def a(self):\n        self.x = 1\n    def b(self):\n        return self.x\n"
    assert given_to("self.x", parsed(text)) == ["1"]


def test_a_member_is_given_something_in_the_body_of_its_class(parsed: Parsed) -> None:
    text = "class A:\n    x = 1\n    def b(self):\n        return self.x\n"
    assert given_to("self.x", parsed(text)) == ["1"]


def test_a_member_of_another_class_is_another(parsed: Parsed) -> None:
    text = "class A:\n    def a(self):\n        self.x = 1\nclass B:\n    def b(self):\n        return self.x\n"
    assert given_to("self.x", parsed(text)) == []


def test_names_behind_a_value_are_followed_through_calls(parsed: Parsed) -> None:
    source = parsed("def f(model, batch, other):\n    raw = model.score(batch)\n    y = round(raw)\n    return y\n")
    returned = find(source.root, {"rule": {"kind": "return_statement"}})
    assert names_behind(returned, source.root) == {"y", "round", "raw", "model", "score", "batch"}

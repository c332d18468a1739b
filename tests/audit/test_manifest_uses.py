"""Uses of a symbol that a change claims to touch: where it is named, and where it is another one that has the name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.audit import Asked
from harness.audit.manifest import Entry
from harness.core.audit import Audited, Wiring

Use = Callable[..., str]
PREDICT = "class A:\n    def predict(self): pass\n"
MODEL = "pub struct Model;\nimpl Model { pub fn new() -> Self { Model } }\n"


@pytest.fixture
def use(audited: Callable[..., Audited]) -> Use:
    """Where a symbol is used, else how it falls short; without a symbol, of a file."""

    def ask(files: dict[str, str], path: str, symbol: str = "") -> str:
        (told,) = audited(files, [], asked=Asked(manifest=(Entry(path, symbol),))).touched
        return told.how if told.wiring is Wiring.WIRED_IN else told.wiring.value

    return ask


@pytest.mark.parametrize(
    "test",
    [
        "#[cfg(test)]\nmod tests { use super::*; fn works() { score(); } }", "#[test]\nfn works() { score(); }",
        "#[cfg(test)]\n// of the score\n#[allow(unused)]\nmod tests { fn works() { score(); } }",
        "#[tokio::test]\nasync fn works() { score(); }", '#[cfg(all(feature = "x", test))]\nfn works() { score(); }',
        "#[cfg(test)] use other::score;", "mod m { #[cfg(test)] mod tests { fn works() { super::super::score(); } } }",
    ],
)  # fmt: skip
def test_what_only_a_test_in_a_file_of_rust_names_is_only_there(test: str, use: Use) -> None:
    assert use({"src/a.rs": f"fn score() {{}}\n{test}"}, "src/a.rs", "score") == "exists only"


@pytest.mark.parametrize(
    "text",
    [
        "#[test]\nfn works() {}\nfn rank() { score(); }", "#[cfg(not(test))]\nfn rank() { score(); }",
        '#[cfg(any(test, feature = "x"))]\n\nfn rank() { score(); }', "#[cfg(all(not(test), unix))] fn f() { score() }",
        "#[cfg_attr(test, derive(Debug))]\nstruct S;\nfn rank() { score(); }",
    ],
)  # fmt: skip
def test_what_stands_beside_tests_of_rust_wires_in(text: str, use: Use) -> None:
    assert use({"src/a.rs": f"fn score() {{}}\n{text}"}, "src/a.rs", "score").startswith("named at src/a.rs:")


@pytest.mark.parametrize(
    ("path", "text", "test", "named"),
    [
        ("a.py", "def score(): pass\n", "checks.py", "class Checks(unittest.TestCase):\n    from a import score\n"),
        ("a.py", "def score(): pass\n", "conftest.py", "from a import score\n"),
        ("a.cpp", "int score() { return 1; }", "checks.cpp", "TEST_F(Score, Works) { score(); }"),
        ("a.cpp", "int score() { return 1; }", "test-score.cpp", "int f() { return score(); }"),
        ("a.cpp", "int score() { return 1; }", "score_unittest.cc", "int f() { return score(); }"),
        ("src/a.rs", "fn score() {}", "src/tests.rs", "use crate::a::score;"),
    ],
)  # fmt: skip
def test_tests_of_other_languages_and_names_are_no_program_either(
    path: str, text: str, test: str, named: str, use: Use
) -> None:
    assert use({path: text, test: named}, path, "score") == "exists only"


def test_a_module_for_tests_takes_no_file_in(use: Use) -> None:
    assert use({"src/a.rs": "", "src/lib.rs": "#[cfg(test)]\nmod a;"}, "src/a.rs") == "exists only"


@pytest.mark.parametrize(
    ("path", "text", "symbol", "other"),
    [
        ("a.py", PREDICT, "A.predict", "class B:\n    def predict(self): pass\n"),
        ("a.py", PREDICT, "A.predict", "class B:\n    predict = None\n"),
        ("a.py", "class Foo: pass\n", "Foo", "class Foo: pass\n"), ("a.py", "LIMIT = 3\n", "LIMIT", "LIMIT = 4\n"),
        ("a.py", "def score(): pass\n", "score", "def rank(score=1): pass\n"),
        ("a.py", "def score(): pass\n", "score", "rank(score=1)\nfrom b import rank as score\n"),
        ("a.rs", "struct Foo;", "Foo", "struct Foo;\nimpl Foo { fn new() -> Foo { Foo } }"),
        ("a.rs", "impl A { fn predict(&self) {} }", "A::predict", "impl B { fn predict(&self) {} }"),
        ("a.rs", "impl A { fn predict(&self) {} }", "A::predict", "trait Model { fn predict(&self); }"),
        ("a.rs", "struct Foo;", "Foo", "enum Kind { Foo(u8) }"),
        ("a.rs", "fn score() {}", "score", "struct S { score: u8 }"),
        ("a.cpp", "class Foo {};", "Foo", "class Foo { int x; };"), ("a.cpp", "class Foo {};", "Foo", "class Foo;"),
        ("a.cpp", "struct A { void f() {} };", "A::f", "struct B { void f(); };\nvoid B::f() {}"),
        ("a.cpp", "float score(int x) { return x; }", "score", "float score(int);"),
        ("a.cpp", "class A { void f(); };", "A", "void A::f() { A * a = new A(); }"),
    ],
)  # fmt: skip
def test_what_is_given_the_same_name_is_no_use(path: str, text: str, symbol: str, other: str, use: Use) -> None:
    assert use({path: text, f"b{path[1:]}": other}, path, symbol) == "exists only"


@pytest.mark.parametrize(
    ("text", "symbol", "other"),
    [
        (PREDICT, "A.predict", "class B:\n    def predict(self): pass\n    def run(self): self.predict()\n"),
        (PREDICT, "A.predict", "class B:\n    def predict(self): pass\nb = B()\nb.predict()\n"),
        (PREDICT, "A.predict", "def predict(): pass\npredict()\n"),
        ("def predict(): pass\n", "predict", "class B:\n    def predict(self): pass\ndef run(b): b.predict()\n"),
        ("def score(): pass\n", "score", "def rank(x):\n    score = x\n    return score\n"),
        ("def score(): pass\n", "score", "def rank(score): return score\n"),
        ("def score(): pass\n", "score", "def rank(xs): return [score for score in xs]\n"),
        ("class A:\n    def f(self): pass\n", "A.f", "class B(C):\n    def g(self): super().f()\n"),
    ],
)  # fmt: skip
def test_uses_of_another_of_that_name_in_python_are_none(text: str, symbol: str, other: str, use: Use) -> None:
    assert use({"a.py": text, "b.py": other}, "a.py", symbol) == "exists only"


@pytest.mark.parametrize(
    ("text", "symbol", "other"),
    [
        ("struct Foo;", "Foo", "struct Foo;\nfn f() { Foo; }"), (MODEL, "Model::new", "fn f() { Vec::new(); }"),
        (MODEL, "Model::new", "struct B;\nimpl B { fn new() {} fn f() { Self::new(); B::new(); } }"),
        ("fn score() {}", "score", "fn f(x: X) { if let Some(score) = x { g(score) } }"),
        ("fn score() {}", "score", "fn f(xs: X) { xs.map(|score| score + 1); x.score(); }"),
        ("enum Kind { A }", "Kind::A", "enum Other { A }\nfn f(b: Other) { match b { Other::A => 1 } }"),
    ],
)  # fmt: skip
def test_uses_of_another_of_that_name_in_rust_are_none(text: str, symbol: str, other: str, use: Use) -> None:
    assert use({"src/a.rs": text, "src/b.rs": other}, "src/a.rs", symbol) == "exists only"


@pytest.mark.parametrize(
    ("path", "others", "how"),
    [
        ("m/a.py", {"m/__init__.py": "from .a import Foo\n"}, "m/__init__.py:1"),
        ("m/a.py", {"m/__init__.py": "from .b import Foo\nFoo()\n"}, ""),
        ("m/a.py", {"s.py": "from m import b\nb.Foo()\n"}, ""),
        ("m/a.py", {"s.py": "from m import a, b\nb.Foo()\na.Foo()\n"}, "s.py:3"),
        ("m/a.py", {"s.py": "from a import *\nFoo()\n"}, "s.py:2"),
        ("src/a.rs", {"src/lib.rs": "pub use a::Foo;"}, "src/lib.rs:1"),
        ("src/a.rs", {"src/lib.rs": "pub use b::{Bar, Foo};"}, ""),
        ("src/a.rs", {"src/c.rs": "use crate::b::Foo;\nfn f() { Foo; }"}, ""),
        ("src/a.rs", {"src/c.rs": "use crate::{a::Foo as F, b::Foo};"}, "src/c.rs:1"),
    ],
)  # fmt: skip
def test_an_import_says_of_which_file_something_is(path: str, others: dict[str, str], how: str, use: Use) -> None:
    text = "class Foo: pass\n" if path.endswith(".py") else "pub struct Foo;"
    twin = path.replace("a.", "b.")
    assert use({path: text, twin: text, **others}, path, "Foo") == (f"named at {how}" if how else "exists only")


@pytest.mark.parametrize(
    ("files", "symbol"),
    [
        ({"a.py": PREDICT, "b.py": "class B:\n    def predict(self): pass\ndef f(x): x.predict()\n"}, "A.predict"),
        ({"a.py": "class A(B):\n    def f(self): pass\n", "b.py": "class B:\n    def g(self): self.f()\n"}, "A.f"),
        ({"a.py": "def score(x): pass\ndef rank(x): return list(score=score(x))\n"}, "score"),
        ({"a.py": "C = None\ndef f():\n    global C\n    C = C or load()\n"}, "C"),
        ({"a.py": "def outer():\n    def inner(): pass\n    return inner()\n"}, "outer.inner"),
        ({"a.py": "class A:\n    def forward(self): pass\nmodel = A()\n"}, "A.forward"),
        ({"a.rs": "fn score() {}\nfn f() { let score = score(); }"}, "score"),
        ({"a.rs": MODEL, "b.rs": "use a::Model as Ours;\nfn f() { Ours::new(); }"}, "Model::new"),
        ({"a.rs": "impl Score for M { fn score(&self) {} }", "b.rs": "fn f(m: &dyn Score) { m.score() }"}, "M::score"),
        ({"a.rs": "struct M;\nimpl M { fn f(&self) {} }", "b.rs": 'fn f(m: M) { println!("{}", m.f()) }'}, "M::f"),
        ({"a.rs": "macro_rules! score { () => {} }", "b.rs": "fn f() { score!() }"}, "score"),
        ({"a.h": "struct A { void f(); };", "a.cpp": "void A::f() {}", "b.cpp": "void g(A * a) { a->f(); }"}, "A::f"),
        ({"a.h": "float score(int);", "a.cpp": "float score(int x) {}", "b.cpp": "int x = score(1);"}, "score"),
        ({"a.cpp": "class E { E(); };", "b.cpp": "void F::g() { std::make_shared<E>(); }"}, "E"),
        ({"a.cpp": "void score() {}", "b.cpp": "#define RUN(x) score(x)\n"}, "score"),
        ({"a.cpp": "void A::f() {}\nvoid A::g() { f(); }"}, "A::f"),
        ({"a.rs": "fn main() {}"}, "main"),
    ],
)  # fmt: skip
def test_uses_that_are_hard_to_see_wire_in(files: dict[str, str], symbol: str, use: Use) -> None:
    assert use(files, next(iter(files)), symbol).startswith(("named at ", "begins a program"))


@pytest.mark.parametrize(
    ("path", "symbol", "text"),
    [
        ("a.py", "top_k", "rank(top_k=3)\n"), ("a.py", "top", "from b import score as top\n"),
        ("a.py", "el.score", "class Model:\n    def score(self): pass\n"),
        ("a.rs", "score", "fn f() { let score = 1; }"),
    ],
)  # fmt: skip
def test_arguments_imports_and_local_variables_are_no_symbols(path: str, symbol: str, text: str, use: Use) -> None:
    assert use({path: text}, path, symbol) == "missing"


@pytest.mark.parametrize(
    ("path", "other", "text"),
    [
        ("a.py", "b.py", '"""So it is used:\n\nimport a\n"""\n'),
        ("a.rs", "lib.rs", "// mod a;\n/* use crate::a; */\n"),
        ("a.rs", "lib.rs", 'const NAME: &str = "a::Model";'), ("a.h", "b.cpp", '// #include "a.h"\n'),
        ("a.cpp", "b.cpp", "/* so it begins:\nint main() {}\n*/"),
    ],
)  # fmt: skip
def test_texts_and_comments_take_no_file_in(path: str, other: str, text: str, use: Use) -> None:
    assert use({path: text if path == "a.cpp" else "", other: text}, path) == "exists only"


@pytest.mark.parametrize(
    ("decorators", "how"),
    [
        ("@torch.no_grad()", ""), ("@dataclass(frozen=True)", ""), ("@lru_cache(maxsize=3)", ""),
        ("@torch.inference_mode()", ""),
        ('@torch.no_grad()\n@app.post("/rerank")', 'registered by @app.post("/rerank")'),
    ],
)  # fmt: skip
def test_a_decorator_that_only_changes_what_it_stands_on_registers_nothing(decorators: str, how: str, use: Use) -> None:
    assert use({"a.py": f"{decorators}\ndef rerank(): pass\n"}, "a.py", "rerank") == (how or "exists only")

"""What a change claims to touch: missing, there and used by nothing, or wired into the program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from harness.audit import Asked, read_manifest
from harness.audit.manifest import Entry
from harness.core.audit import Audited, Touched, Wiring
from harness.core.errors import UsageError

Touch = Callable[..., Touched]


@pytest.fixture
def touch(audited: Callable[..., Audited]) -> Touch:
    """What becomes of one entry."""

    def ask(files: dict[str, str], path: str, symbol: str = "") -> Touched:
        (told,) = audited(files, [], asked=Asked(manifest=(Entry(path, symbol),))).touched
        return told

    return ask


@pytest.mark.parametrize("path", ["missing.py", "src/missing.rs", "a.py/b.py"])
def test_a_file_that_is_not_there_is_missing(path: str, touch: Touch) -> None:
    told = touch({"a.py": ""}, path)
    assert (told.wiring, told.how) == (Wiring.MISSING, "no such file")


def test_a_file_that_is_no_source_is_only_there(touch: Touch) -> None:
    told = touch({"a.py": "", "config.json": "{}"}, "config.json")
    assert (told.wiring, told.how) == (Wiring.EXISTS_ONLY, "is there, but is no source that the audit reads")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", "class Model:\n    pass\nmissing()\n"), ("a.rs", "struct Model;\nfn f() { missing() }"),
        ("a.cpp", "class Model {};\nvoid f() { missing(); }"),
    ],
)  # fmt: skip
def test_a_symbol_that_is_only_named_is_missing(name: str, text: str, touch: Touch) -> None:
    told = touch({name: text}, name, "missing")
    assert (told.wiring, told.how) == (Wiring.MISSING, "no such symbol in the file")


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("qwen3.py", {"server.py": "import bert\n"}), ("qwen3.rs", {"lib.rs": "mod bert;\n"}),
        ("qwen3.h", {"main.cpp": '#include "bert.h"\n'}), ("qwen3.py", {"server.py": "# import qwen3\n"}),
        ("qwen3.py", {"server.py": "import qwen3_moe\n"}), ("qwen3.rs", {"lib.rs": "mod qwen3_moe;\n"}),
        ("qwen3.h", {"main.cpp": '#include "qwen3_moe.h"\n'}), ("qwen3.h", {"main.cpp": '#include "flash_qwen3.h"\n'}),
    ],
)  # fmt: skip
def test_a_file_that_nothing_takes_in_is_only_there(path: str, other: dict[str, str], touch: Touch) -> None:
    told = touch({path: "", **other}, path)
    assert (told.wiring, told.how) == (Wiring.EXISTS_ONLY, "no file takes it in")


@pytest.mark.parametrize(
    ("path", "other", "how"),
    [
        ("models/qwen3.py", {"server.py": "x = 1\nimport models.qwen3\n"}, "server.py:2"),
        ("models/qwen3.py", {"server.py": "from models.qwen3 import Model\n"}, "server.py:1"),
        ("models/qwen3.py", {"models/__init__.py": "from .qwen3 import Model\n"}, "models/__init__.py:1"),
        ("models/qwen3.py", {"server.py": "from models import bert, qwen3\n"}, "server.py:1"),
        ("models/qwen3.py", {"server.py": "from models import (\n    bert,\n    qwen3,\n)\n"}, "server.py:3"),
        ("models/qwen3.py", {"server.py": "def load():\n    import models.qwen3 as model\n"}, "server.py:2"),
        ("src/qwen3.rs", {"src/lib.rs": "mod bert;\nmod qwen3;\n"}, "src/lib.rs:2"),
        ("src/qwen3.rs", {"src/models.rs": "pub(crate) mod qwen3;\n"}, "src/models.rs:1"),
        ("src/qwen3.rs", {"src/main.rs": "use crate::models::qwen3::Model;\n"}, "src/main.rs:1"),
        ("src/qwen3.h", {"src/main.cpp": '#include "src/qwen3.h"\n'}, "src/main.cpp:1"),
        ("src/qwen3.hpp", {"src/main.cpp": "#  include <models/qwen3.hpp>\n"}, "src/main.cpp:1"),
    ],
)  # fmt: skip
def test_a_file_that_another_takes_in_is_wired_in(path: str, other: dict[str, str], how: str, touch: Touch) -> None:
    told = touch({path: "", **other}, path)
    assert (told.wiring, told.how) == (Wiring.WIRED_IN, f"taken in at {how}")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("pkg/__init__.py", ""), ("pkg/__main__.py", ""), ("src/lib.rs", ""), ("src/models/mod.rs", ""),
        ("serve.py", "if __name__ == '__main__':\n    run()\n"), ("src/bin/serve.rs", "fn main() {}\n"),
        ("src/bin/serve.rs", "#[tokio::main]\nasync fn main() -> Result<()> { Ok(()) }\n"),
        ("serve.cpp", "int main(int argc, char ** argv) {}\n"),
    ],
)  # fmt: skip
def test_a_file_that_a_program_begins_with_is_wired_in(path: str, text: str, touch: Touch) -> None:
    told = touch({path: text}, path)
    assert (told.wiring, told.how) == (Wiring.WIRED_IN, "begins a program or a package")


def test_a_file_of_cpp_is_wired_in_where_a_function_of_it_is_called(touch: Touch) -> None:
    files = {"qwen3.cpp": "float score(int x) { return x; }\n", "main.cpp": "int f() { return score(1); }\n"}
    assert touch(files, "qwen3.cpp") == Touched("qwen3.cpp", "", Wiring.WIRED_IN, "named at main.cpp:1")
    assert touch({**files, "main.cpp": "int f() { return 1; }\n"}, "qwen3.cpp").wiring is Wiring.EXISTS_ONLY


@pytest.mark.parametrize(
    ("path", "text", "symbol"),
    [
        ("a.py", "def score(x):\n    return score(x - 1)\n", "score"), ("a.py", "class Model:\n    pass\n", "Model"),
        ("a.py", "class A:\n    def score(self): pass\n", "A.score"), ("a.py", "LIMIT = 3\n", "LIMIT"),
        ("a.py", "def score(): pass\nx = 'score'  # score\n", "score"),
        ("a.rs", "fn score() { score() }", "score"), ("a.rs", "struct Model { x: u8 }", "Model"),
        ("a.rs", "struct Model;\nimpl Model { fn new() -> Model { Model } }", "Model"),
        ("a.rs", "struct Model;\nimpl Model { fn score(&self) {} }", "Model::score"),
        ("a.rs", "const LIMIT: u8 = 3;", "LIMIT"),
        ("a.rs", "enum Kind { A }", "Kind"), ("a.rs", "trait Score { fn score(&self); }", "Score"),
        ("a.cpp", "void score() { score(); }", "score"), ("a.cpp", "class Model {};", "Model"),
        ("a.cpp", "struct A { void score() {} };", "A::score"), ("a.cpp", "void A::score() {}", "A::score"),
        ("a.cpp", "static const int LIMIT = 3;", "LIMIT"), ("a.cpp", "#define LIMIT 3\n", "LIMIT"),
        ("a.cpp", "enum Kind { A };", "Kind"),
    ],
)  # fmt: skip
def test_a_symbol_that_nothing_else_names_is_only_there(path: str, text: str, symbol: str, touch: Touch) -> None:
    told = touch({path: text}, path, symbol)
    assert (told.wiring, told.how) == (Wiring.EXISTS_ONLY, "nothing in the tree uses it")


@pytest.mark.parametrize(
    ("path", "text", "symbol", "other"),
    [
        ("a.py", "def score(x): pass\n", "score", {"b.py": "from a import score\n"}),
        ("a.py", "class Model: pass\n", "Model", {"b.py": "MODELS = {'qwen3': a.Model}\n"}),
        ("a.py", "class A:\n    def score(self): pass\n", "A.score", {"b.py": "x.score()\n"}),
        ("a.py", "LIMIT = 3\n", "LIMIT", {"b.py": "a.LIMIT\n"}),
        ("a.rs", "fn score() {}", "score", {"b.rs": "fn f() { a::score() }"}),
        ("a.rs", "struct Model;\nimpl Model { fn new() {} }", "Model", {"b.rs": "fn f() { Model::new() }"}),
        ("a.rs", "impl Model { fn score(&self) {} }", "Model::score", {"b.rs": "fn f() { m.score() }"}),
        ("a.cpp", "void score() {}", "score", {"b.cpp": "void f() { score(); }"}),
        ("a.cpp", "class Model {};", "Model", {"b.cpp": "Model m;"}),
        ("a.cpp", "struct A { void score() {} };", "A::score", {"b.cpp": "void f() { a.score(); }"}),
        ("a.cpp", "#define LIMIT 3\n", "LIMIT", {"b.cpp": "int x = LIMIT;"}),
    ],
)  # fmt: skip
def test_a_symbol_that_another_file_names_is_wired_in(
    path: str, text: str, symbol: str, other: dict[str, str], touch: Touch
) -> None:
    told = touch({path: text, **other}, path, symbol)
    assert (told.wiring, told.how) == (Wiring.WIRED_IN, f"named at {next(iter(other))}:1")


def test_a_symbol_that_its_own_file_uses_is_wired_in(touch: Touch) -> None:
    told = touch({"a.py": "def score(): pass\n\ndef rank(): score()\n"}, "a.py", "score")
    assert (told.wiring, told.how) == (Wiring.WIRED_IN, "named at a.py:3")


@pytest.mark.parametrize(
    ("decorator", "wiring"),
    [
        ('@app.post("/rerank")', Wiring.WIRED_IN), ('@register("qwen3")', Wiring.WIRED_IN),
        ("@staticmethod", Wiring.EXISTS_ONLY), ("@property", Wiring.EXISTS_ONLY),
    ],
)  # fmt: skip
def test_a_decorator_that_registers_wires_in(decorator: str, wiring: Wiring, touch: Touch) -> None:
    told = touch({"a.py": f"{decorator}\ndef rerank(): pass\n"}, "a.py", "rerank")
    assert told.wiring is wiring
    assert wiring is Wiring.EXISTS_ONLY or told.how == f"registered by {decorator}"


@pytest.mark.parametrize(
    ("path", "text", "symbol", "tests"),
    [
        ("a.py", "def score(): pass\n", "", {"tests/test_a.py": "from a import score\n"}),
        ("a.py", "def score(): pass\n", "score", {"tests/test_a.py": "from a import score\n"}),
        ("a.py", "def score(): pass\n", "score", {"test_a.py": "from a import score\n"}),
        ("a.py", "def score(): pass\n", "score", {"a_test.py": "from a import score\n"}),
        ("src/a.rs", "fn score() {}", "score", {"tests/scores.rs": "fn f() { score() }"}),
        ("a.cpp", "void score() {}", "score", {"tests/a.cpp": "void f() { score(); }"}),
        ("a.cpp", "void score() {}", "", {"a_test.cpp": "void f() { score(); }"}),
    ],
)  # fmt: skip
def test_what_only_tests_use_is_only_there(
    path: str, text: str, symbol: str, tests: dict[str, str], touch: Touch
) -> None:
    assert touch({path: text, **tests}, path, symbol).wiring is Wiring.EXISTS_ONLY


@pytest.mark.parametrize("path", ["../a.py", "/etc/passwd", "src/../../a.py"])
def test_paths_out_of_the_tree_are_refused(path: str, touch: Touch) -> None:
    with pytest.raises(UsageError, match="which is not within the tree"):
        touch({"a.py": ""}, path)


def test_only_what_is_wired_in_does_not_fall_short(audited: Callable[..., Audited]) -> None:
    files = {"a.py": "def score(): pass\n", "serve.py": "from a import score\n"}
    entries = (Entry("a.py"), Entry("a.py", "score"))
    assert not audited(files, [], asked=Asked(manifest=entries)).falls_short
    assert audited(files, [], asked=Asked(manifest=(*entries, Entry("b.py")))).falls_short


def test_a_manifest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "manifest.toml"
    path.write_text('[[touches]]\npath = "a.py"\n[[touches]]\npath = "b.rs"\nsymbol = "Model::score"\n')
    assert read_manifest(path) == (Entry("a.py"), Entry("b.rs", "Model::score"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "'touches' is missing"), ("touches = []\n", "touches"),
        ('[[touches]]\nsymbol = "x"\n', "touches 1: 'path' is missing"),
        ('[[touches]]\npath = "a"\npaht = "b"\n', "touches 1: there is no key 'paht'; did you mean 'path'?"),
        ('[[touches]]\npath = ""\n', "touches 1, path"), ("[[touches", "is no TOML"),
    ],
)  # fmt: skip
def test_a_wrong_manifest_is_told_with_file_and_place(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "manifest.toml"
    path.write_text(text)
    with pytest.raises(UsageError) as error:
        read_manifest(path)
    assert str(path) in str(error.value)
    assert told in str(error.value)

"""Files that nobody wrote by hand, within the limits of what is read, take as long as they are large and no longer.

Each is made twice as large, and the work that it takes is counted where that can be; where not, a time is a bound that
is many times what it takes.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from harness.audit import Vocabulary, shipped_rules, texts
from harness.audit.calls import MOST, Calls
from harness.audit.languages import LANGUAGES, Literal
from harness.audit.matching import matches
from harness.audit.nodes import of_kinds
from harness.audit.prompts import Pinned, as_text, place_in
from harness.audit.source import NAME, NAMES, Source
from harness.audit.texts import composed, outermost, resolved
from harness.audit.tree import KIN, Outline, Tree
from harness.core.audit import Audited

Parsed = Callable[..., Source]
Audit = Callable[..., Audited]
#: How much more work a file of twice the size may take.
TWICE = 2.5
#: Seconds for what takes a fraction of one, and took many times as long.
SOON = 4.0


class Counted(tuple[Any, ...]):
    """A tuple that counts how many of its elements are asked for."""

    asked = 0

    def __getitem__(self, index: Any) -> Any:
        type(self).asked += 1
        return super().__getitem__(index)

    def __iter__(self) -> Iterator[Any]:
        for element in super().__iter__():
            type(self).asked += 1
            yield element


@pytest.fixture
def count(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Any]]:
    """Count the calls of a function: a list of what it is given first."""

    def counted(holder: object, name: str) -> list[Any]:
        calls: list[Any] = []
        original = getattr(holder, name)

        def instead(*given: Any, **named: Any) -> Any:
            calls.append(given)
            return original(*given, **named)

        monkeypatch.setattr(holder, name, instead)
        return calls

    return counted


@pytest.fixture
def calls(parsed: Parsed) -> Callable[..., Calls]:
    """The calls of one file."""

    def build(text: str, name: str = "a.py") -> Calls:
        tree, source = Tree(), parsed(text, name)
        tree.add(source.given, Outline.of(source))
        return Calls(tree)

    return build


@contextmanager
def soon() -> Iterator[None]:
    """What is done here does not take long."""
    began = time.perf_counter()
    yield
    assert time.perf_counter() - began < SOON


def said(source: Source) -> list[str]:
    """What every text of a file says, with the constants that it names put in."""
    wholes = [outermost(node) for node in of_kinds(source.root, source.language.texts)]
    return [resolved(composed(whole, source), source).text for whole in wholes]


def test_a_file_is_searched_for_its_constants_once(parsed: Parsed, count: Callable[..., list[Any]]) -> None:
    text = "".join(f"PART{n} = 'x'\n" for n in range(50)) + "".join(f"p = 'y' + PART{n}\n" for n in range(50))
    searches = count(texts, "of_kinds")
    assert said(parsed(text))[-1] == "yx"
    assert len(searches) == 1


def test_constants_that_name_others_many_times_are_put_together_once(
    parsed: Parsed, count: Callable[..., list[Any]]
) -> None:
    pieces = count(texts, "_pieces")

    def work(n: int) -> int:
        chain = (f"PART{k} = " + " + ".join([f"PART{k - 1}"] * n) + "\n" for k in range(1, 4))
        pieces.clear()
        said(parsed("PART0 = 'x'\n" + "".join(chain) + "p = 'y' + PART3\n"))
        return len(pieces)

    assert work(30) < TWICE * work(15)


def test_constants_of_hundreds_of_parts_are_put_together_soon(parsed: Parsed) -> None:
    chain = [f"PART{k} = " + " + ".join([f"PART{k - 1}"] * 380) + "\n" for k in range(1, 4)]
    with soon():
        assert said(parsed("PART0 = 'x'\n" + "".join(chain) + "p = 'y' + PART1\n"))[-1] == "y" + "x" * 380
        assert said(parsed("PART0 = 'x'\n" + "".join(chain) + "p = 'y' + PART3\n"))[-1] == "y{PART3}"


def test_what_constants_say_is_bounded_in_all(parsed: Parsed) -> None:
    text = f"PART = '{'x' * 40_000}'\n" + "".join(f"p{n} = 'y' + PART + PART\n" for n in range(60))
    assert sum(map(len, said(parsed(text)))) < 2 * texts.MOST
    assert said(parsed(text))[1] == "y" + "x" * 80_000


@pytest.mark.parametrize(("name", "begin"), [("a.py", "f("), ("a.rs", "fn f() { vec!["), ("a.cpp", "void g() { f(")])
def test_values_are_looked_for_near_a_text_alone(
    name: str, begin: str, parsed: Parsed, count: Callable[..., list[Any]]
) -> None:
    looked_at = count(texts, "_arguments")

    def work(n: int) -> int:
        looked_at.clear()
        end = {"a.py": ")", "a.rs": "]; }", "a.cpp": "); }"}[name]
        said(parsed(begin + '"query: {}", ' * n + end, name))
        return sum(len(text) for (text,) in looked_at)

    assert work(400) <= TWICE * work(200)


def test_places_for_values_are_found_soon(parsed: Parsed) -> None:
    source = parsed("p = '''" + "{{ a\n" * 40_000 + "'''\n")
    with soon():
        assert said(source)[0].startswith("{{ a")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.cpp", "// yes\nint table[] = {{\n{}}};\n"), ("a.rs", "// yes\nfn f() {{ let t = (\n{}); }}\n"),
        ("a.py", "# yes\nField(\n{})\n"),
    ],
    ids=["cpp-table", "rust-tuple", "python-call"],
)  # fmt: skip
def test_a_table_of_numbers_is_searched_for_ids_soon(name: str, text: str, parsed: Parsed) -> None:
    (rule,) = (rule for rule in shipped_rules() if rule.about.id == "answer-ids-literal")
    source = parsed(text.format("1234,\n" * 15_000), name)
    with soon():
        assert matches(rule.matchers[source.language.name], source) == []


def test_the_broken_places_around_a_node_are_found_at_once(parsed: Parsed) -> None:
    def work(n: int) -> int:
        source = parsed("".join(f"def f{k}():\n    x = = 1\ndef g{k}():\n    return 1\n" for k in range(n)))
        source.__dict__["broken"], Counted.asked = Counted(source.broken), 0
        nodes = of_kinds(source.root, ("function_definition",))
        assert [source.is_broken(node) for node in nodes] == [True, False] * n
        return Counted.asked

    assert work(400) < TWICE * work(200)


def test_the_function_around_a_node_is_found_at_once(parsed: Parsed) -> None:
    def work(n: int) -> int:
        source = parsed("".join(f"def f{k}():\n    def g():\n        return {k}\n    return g\n" for k in range(n)))
        source.__dict__["functions"], Counted.asked = Counted(source.functions), 0
        around = [source.function_at(node) for node in of_kinds(source.root, ("integer",))]
        assert {function and function.name for function in around} == {"g"}
        return Counted.asked

    assert work(400) < TWICE * work(200)


@pytest.mark.parametrize(
    ("name", "begin", "function"),
    [("a.py", f"class {'A' * 40_000}:\n", "    def f(): pass\n"), ("a.rs", f"mod {'a' * 40_000} {{\n", "fn f() {}\n")],
)
def test_what_functions_are_called_by_is_bounded(name: str, begin: str, function: str, parsed: Parsed) -> None:
    source = parsed(begin + function * 10 + ("}" if name == "a.rs" else ""), name)
    assert len(source.functions) == 10
    assert all(len(f.symbol) + len(f.owner) < 2 * NAME * NAMES for f in source.functions)
    assert all(len(source.symbol_of(source.node_of(f))) < NAME * NAMES for f in source.functions)


@pytest.mark.parametrize("text", ["a<" * 20_000, "a:" * 20_000])
def test_types_of_variables_are_looked_for_soon(text: str) -> None:
    with soon():
        for language in LANGUAGES.values():
            assert len(list(re.finditer(language.declared, text))) < len(text)


def test_paths_share_their_beginnings(calls: Callable[..., Calls]) -> None:
    def size(n: int) -> int:
        known = calls("".join(f"def f{k}(): f{k + 1}()\n" for k in range(n)))
        paths = list(known.paths(known.tree.functions("python", "f0")))
        assert [path.last.name for path in paths] == [f"f{k}" for k in range(n)]
        assert len(list(paths[-1])) == n
        return sum(map(sys.getsizeof, paths))

    assert size(800) < TWICE * size(400)


@pytest.mark.parametrize("text", ["def f(): f()\n", "def rare(): x.rare()\n", "def f(): run(f)\n"])
def test_functions_of_one_name_are_followed_up_to_a_number(text: str, calls: Callable[..., Calls]) -> None:
    known = calls(text * 2 * MOST)
    functions = known.tree.source("a.py").functions
    assert {len(known.callees(function)) for function in functions} == {MOST}


@pytest.mark.parametrize("member", ["def m{n}(self): self.m{m}()", "def m{n}(self): A()", "def m{n}(self): q.get(1)"])
def test_the_members_of_a_type_are_looked_through_once(
    member: str, calls: Callable[..., Calls], count: Callable[..., list[Any]]
) -> None:
    looked_through = count(Tree, "members")
    known = calls("class A:\n" + "".join(f"    {member.format(n=n, m=n + 1)}\n" for n in range(100)))
    for function in known.tree.source("a.py").functions:
        known.callees(function)
    assert len(looked_through) <= 2


def test_who_receives_messages_is_looked_up_once(calls: Callable[..., Calls]) -> None:
    parts = (
        f"fn s{n}() {{ t.send(Command::C{n}(x)) }}\nfn r{n}() {{ if let Command::C{n}(x) = m {{}} }}\n"
        for n in range(800)
    )
    known = calls("".join(parts), "a.rs")
    functions = known.tree.source("a.rs").functions
    with soon():
        reached = [[callee.name for callee in known.callees(f)] for f in functions if f.name.startswith("s")]
    assert reached == [[f"r{n}"] for n in range(800)]


@pytest.fixture
def pinned(vocabulary: Vocabulary) -> Pinned:
    """The pinned prompt."""
    assert vocabulary.template is not None
    return Pinned.of(vocabulary.template)


def test_a_text_with_many_values_is_held_against_the_prompt_soon(pinned: Pinned) -> None:
    # there are a great many ways to find these in the rest of the line
    text = "Judge whether the Document" + "".join(f"\0x\0{character}" for character in "et e  r t ter nso")
    with soon():
        assert place_in(text, pinned) is not None
        assert not any(place_in(f"{text}\0x\0Z{n}", pinned) for n in range(20))


def test_values_are_told_from_a_long_text_soon(pinned: Pinned) -> None:
    text = "<Instruct>: " * 10_000 + "{"
    with soon():
        assert as_text(Literal((text,)), pinned) == text


@pytest.mark.parametrize(
    "text",
    [
        "p = '''Instruct: " + "Instruct: \n" * 46_000 + "'''\n",
        "p = '<|im_start|>assistant'\n" * 2_000 + f"x = '''{'Instruct: ' * 4_000}'''\n",
        "p = '''<Document>" + "{{ a\n" * 60_000 + "'''\n",
    ],
    ids=["labels", "suffixes", "jinja"],
)
def test_texts_that_are_no_prompt_are_told_soon(text: str, audited: Audit, vocabulary: Vocabulary) -> None:
    assert vocabulary.tokens("yes") == ["yes"]  # and is loaded now
    with soon():
        audited({"a.py": text}, ["prompt-differs"])


def test_a_long_line_of_descent_is_followed_for_a_while(parsed: Parsed) -> None:
    source, tree = parsed("".join(f"class A{n + 1}(A{n}): pass\n" for n in range(3000))), Tree()
    tree.add(source.given, Outline.of(source))
    assert KIN <= len(tree.kin("python", "A0")) <= 2 * KIN

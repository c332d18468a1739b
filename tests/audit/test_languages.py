"""Texts of literals as the program sees them, and what is called on what, in each language."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.audit.languages import Slot
from harness.audit.nodes import of_kinds
from harness.audit.source import Source
from harness.audit.texts import composed, outermost, resolved

Parsed = Callable[..., Source]


def first_text(source: Source) -> str:
    """What the first literal of a file says."""
    return source.literal(of_kinds(source.root, source.language.texts)[0]).text


def whole(source: Source) -> str:
    """What the last literal of a file is a part of, with the constants that it names put in."""
    last = outermost(of_kinds(source.root, source.language.texts)[-1])
    return resolved(composed(last, source), source).text


def callees(source: Source) -> list[tuple[str, str]]:
    """What each call of a file calls, and on what, in the order of places."""
    return [source.language.callee(call) for call in of_kinds(source.root, source.language.calls)]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (r"'a\n\t\"b\" \x41 \u00e9 \101 \\n'", 'a\n\t"b" A é A \\n'), (r"'it\'s'", "it's"), (r"'\N{BULLET}'", "•"),
        (r"r'a\n'", r"a\n"), (r"R'''a\n'''", r"a\n"), ("b'a'", "a"), ("u'a'", "a"), ("''", ""),
        ('"""a\n"b"\n"""', 'a\n"b"\n'), (r'"""a\""" b"""', 'a""" b'), ("'a\\\n  b'", "a  b"), (r"'a\q'", r"a\q"),
        ("f'a{b}c{{d}}{e!r:>4}'", "a{b}c{d}{e}"), ("f'{a[0]} {b.c} {d + 1}'", "{a[0]} {b.c} {d + 1}"),
        (r"f'\n{a}'", "\n{a}"), (r"rf'\n{a}'", r"\n{a}"), ("f'{x=}'", "{x}"), ("f'{a:{width}}'", "{a}"),
        ("'a' 'b'", "ab"), ("('a'  # one\n 'b' f'{c}')", "ab{c}"), ("'a' r'\\n'", r"a\n"),
    ],
)  # fmt: skip
def test_what_a_literal_of_python_says(written: str, said: str, parsed: Parsed) -> None:
    assert first_text(parsed(f"x = {written}\n")) == said


def test_a_value_within_a_literal_of_python_is_a_slot_and_braces_are_none(parsed: Parsed) -> None:
    source = parsed("x = f'{{a}} {b}'\n")
    assert source.literal(of_kinds(source.root, ("string",))[0]).pieces == ("{a} ", Slot("b"))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (r'"a\n\t\"b\" \x41 \u{e9} \\n \0"', 'a\n\t"b" A é \\n \0'), (r'"it\'s"', "it's"), ('""', ""),
        (r'r"a\n"', r"a\n"), ('r#"a "b" c"#', 'a "b" c'), ('r##"a "# b"##', 'a "# b'), ('b"a"', "a"),
        ('br"a"', "a"), ('"a \\\n        b"', "a b"), ('"a\n  b"', "a\n  b"), ('"a\\\n\\\n  b"', "ab"),
        (r'"\u{1F642}"', "🙂"), ('c"a"', "a"),
    ],
)  # fmt: skip
def test_what_a_literal_of_rust_says(written: str, said: str, parsed: Parsed) -> None:
    assert first_text(parsed(f"fn f() {{ let x = {written}; }}\n", "a.rs")) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (r'"a\n\t\"b\" \x41 \u00e9 \101 \\n"', 'a\n\t"b" A é A \\n'), (r'"\'\?"', "'?"), ('""', ""),
        ('R"(a\\n"b")"', 'a\\n"b"'), ('R"xy(a)")xy"', 'a)"'), ('R"(a\nb)"', "a\nb"), ('u8R"(a)"', "a"), ('u8"a"', "a"),
        ('L"a"', "a"), ('"a" "b"', "ab"), ('"a"\n  // one\n  "b"', "ab"), ('"a" R"(\\n)"', r"a\n"),
        ('"a\\\nb"', "ab"), (r'"\x41" "2"', "A2"), (r'"\xe2\x80\xa2"', "•"), ('"a" b "c"', "a{b}c"),
        ('"a"  // even "so"\n "b"', "ab"),
    ],
)  # fmt: skip
def test_what_a_literal_of_cpp_says(written: str, said: str, parsed: Parsed) -> None:
    assert first_text(parsed(f"auto x = {written};\n", "a.cpp")) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = 'a' + 'b'", "ab"), ("x = ('a' +\n 'b' + query + 'c')", "ab{query}c"), ("x = '<{}>'.format(q)", "<{q}>"),
        ("x = '{0}, {1}'.format(a, b.c)", "{a}, {b.c}"), ("x = '{q:>4}'.format(q=r.query)", "{q}"),
        ("x = '{}{}'.format(f(a, b), c)", "{f(a, b)}{c}"), ("x = '%s, %(d)s' % (q, e)", "{q}, {d}"),
        ("x = '%s' % q", "{q}"), ("x = '{{ query }}'", "{query}"), ("x = '$query ${doc}'", "{query} {doc}"),
        ("x = '100%'", "100%"), ("x = 'a' * 3", "a"), ("x = ['a', 'b']", "b"), ("x = f('a', 'b')", "b"),
        ("BODY = '{query}'\nx = BODY + 'b'", "{query}b"), ("BODY = 'a'\nx = f'{BODY}b'", "ab"),
        ("BODY: str = 'a'\nx = f'{BODY}b'", "ab"), ("BODY = 'a' 'b'\nx = BODY + 'c'", "abc"),
        ("class C:\n    BODY = 'a'\n    def f(self): return self.BODY + 'b'", "ab"),
        ("BODY = 'a'\nBODY = 'z'\nx = f'{BODY}b'", "{BODY}b"), ("BODY = read()\nx = BODY + 'b'", "{BODY}b"),
    ],
)  # fmt: skip
def test_texts_of_python_that_are_put_together(text: str, said: str, parsed: Parsed) -> None:
    assert whole(parsed(f"{text}\n")) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('fn f() { format!("<{}> {}", a, b.c) }', "<{a}> {b.c}"), ('fn f() { format!("{x} {}", a) }', "{x} {a}"),
        ('fn f() { format!("{x}", x = q.text) }', "{x}"), ('fn f() { format!("{}{}", g(a, b), c,) }', "{g(a, b)}{c}"),
        ('fn f() { write!(out, "{} {}", a, b) }', "{a} {b}"), ('fn f() { let x = concat!("a", "b\\n"); }', "ab\n"),
        ('const X: &str = concat!("a\\n", r"b\\n");', "a\nb\\n"), ('fn f() { "a".to_string() + q }', "a"),
        ('const BODY: &str = "a"; fn f() { format!("{BODY}b{}", BODY) }', "aba"),
        ('const BODY: &str = concat!("a", "{q}"); fn f() { format!("{BODY}{}", "b") }', "b"),
    ],
)  # fmt: skip
def test_texts_of_rust_that_are_put_together(text: str, said: str, parsed: Parsed) -> None:
    assert whole(parsed(text, "a.rs")) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('auto p = "a" + q + "b";', "a{q}b"), ('void f() { out << "a" << q << "b"; }', "{out}a{q}b"),
        ('void f() { snprintf(b, 3, "%s x", q); }', "{q} x"), ('auto p = std::format("<{}> {}", a, b);', "<{a}> {b}"),
        ('const char * BODY = "a";\nauto p = q + BODY + "b";', "{q}ab"),
        ('static const char BODY[] = "a";\nauto p = BODY + q + "b";', "a{q}b"),
        ('const std::string BODY = "a" "b";\nauto p = BODY + q + "c";', "ab{q}c"),
        ('#define BODY "a\\n"  // "z"\nauto p = BODY + q + "b";', "a\n{q}b"),
        ('#define BODY "a" \\\n    R"(b)"\nauto p = BODY "c" q "d";', "abc{q}d"),
        ('#define ONE "a"\n#define TWO ONE "b" /* z */\nauto p = TWO + q + "d";', "ab{q}d"),
        ('#define ONE "a"\n#define TWO "b" ONE "c"\nauto p = TWO + q;\nauto r = TWO "d";', "bacd"),
        ('#define BODY ("a" "b")\nauto p = BODY + "c";', "abc"),
        ('#define BODY f("a")\nauto p = BODY + "b";', "{BODY}b"),
        ('#define BODY "a" + (\nauto p = BODY + "b";', "{BODY}b"),
        ('#define BODY "a"\n#undef BODY\n#define BODY "z"\nauto p = BODY + "b";', "{BODY}b"),
    ],
)  # fmt: skip
def test_texts_of_cpp_that_are_put_together(text: str, said: str, parsed: Parsed) -> None:
    assert whole(parsed(f"{text}\n", "a.cpp")) == said


def test_constants_that_name_each_other_end(parsed: Parsed) -> None:
    said = whole(parsed("ONE = 'a' + TWO\nTWO = 'b' + ONE\nx = ONE + 'c'\n"))
    assert said.startswith("abab")
    assert said.endswith("}c")


@pytest.mark.parametrize(
    ("call", "called"),
    [
        ("f()", ("f", "")), ("a.f()", ("f", "a")), ("self.f()", ("f", "self")), ("self.a.f()", ("f", "self.a")),
        ("A.B.f()", ("f", "A.B")), ("x[0]()", ("", "")),
    ],
)  # fmt: skip
def test_what_is_called_on_what_in_python(call: str, called: tuple[str, str], parsed: Parsed) -> None:
    assert callees(parsed(f"{call}\n")) == [called]


def test_a_method_of_the_base_is_called_on_super(parsed: Parsed) -> None:
    assert callees(parsed("super().f()\n")) == [("f", "super()"), ("super", "")]


@pytest.mark.parametrize(
    ("call", "called"),
    [
        ("f()", ("f", "")), ("a.f()", ("f", "a")), ("self.f()", ("f", "self")), ("self.a.f()", ("f", "self.a")),
        ("A::f()", ("f", "A")), ("Self::f()", ("f", "Self")), ("m::A::f()", ("f", "A")), ("f::<T>()", ("f", "")),
        ("a.f::<T>()", ("f", "a")), ("A::<T>::f()", ("f", "A")), ("(self.f)()", ("", "")),
    ],
)  # fmt: skip
def test_what_is_called_on_what_in_rust(call: str, called: tuple[str, str], parsed: Parsed) -> None:
    assert callees(parsed(f"fn m() {{ {call}; }}", "a.rs")) == [called]


@pytest.mark.parametrize(
    ("call", "called"),
    [
        ("f()", ("f", "")), ("a.f()", ("f", "a")), ("a->f()", ("f", "a")), ("this->f()", ("f", "this")),
        ("this->a.f()", ("f", "this->a")), ("A::f()", ("f", "A")), ("n::A::f()", ("f", "A")), ("::f()", ("f", "")),
        ("f<T>()", ("f", "")), ("a.f<T>()", ("f", "a")), ("n::f<T>()", ("f", "n")), ("A<T>::f()", ("f", "A")),
        ("table[0]()", ("", "")),
    ],
)  # fmt: skip
def test_what_is_called_on_what_in_cpp(call: str, called: tuple[str, str], parsed: Parsed) -> None:
    assert callees(parsed(f"void m() {{ {call}; }}", "a.cpp")) == [called]

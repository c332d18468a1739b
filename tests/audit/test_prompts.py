"""The pinned prompt is right however it is spelt, and everything that is nearly it is found and told token by token."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.audit import Vocabulary, shipped_rules
from harness.audit.files import SourceText
from harness.audit.languages import language_of
from harness.audit.matching import matches
from harness.audit.run import Matched, judge_tree
from harness.audit.source import Source
from harness.audit.tree import Outline, Tree
from harness.core.audit import SourceFinding
from harness.reference.checkpoint import Checkpoint
from harness.reference.families import Template, family

TEMPLATE = cast("Template", family("qwen3-reranker").template)
WHOLE = TEMPLATE.prefix + TEMPLATE.body + TEMPLATE.suffix
RULE = next(rule for rule in shipped_rules() if rule.about.id == "prompt-differs")

Findings = Callable[..., list[SourceFinding]]


@pytest.fixture(scope="module")
def found(vocabulary: Vocabulary) -> Findings:
    """What the rule says of one file."""

    def judge(text: str, name: str = "prompt.py") -> list[SourceFinding]:
        language = language_of(Path(name))
        assert language is not None
        source, tree = Source(SourceText(name, language, text)), Tree()
        assert not source.broken, text
        tree.add(source.given, Outline.of(source))
        matched = {RULE.about.id: matches(RULE.matchers[language.name], source)}
        return list(judge_tree(Matched(tree, (), matched), [RULE], vocabulary))

    return judge


@dataclass(frozen=True)
class Value:
    """A value that is put into the prompt, by the expression that holds it."""

    name: str


@dataclass(frozen=True)
class Constant:
    """A part of the prompt that has a name of its own."""

    name: str
    text: str


Part = str | Value | Constant
Chunks = list[list[Part]]


def quoted(text: str) -> str:
    """A literal that all three languages read alike."""
    return json.dumps(text, ensure_ascii=False)


def filled(chunk: list[Part], place: Callable[[str], str]) -> str:
    """A chunk as the inside of a quoted literal, with a place for each value and constant."""
    return "".join(quoted(part)[1:-1] if isinstance(part, str) else place(part.name) for part in chunk)


def flat(chunks: Chunks) -> list[Part]:
    """Everything as one chunk."""
    return [part for chunk in chunks for part in chunk]


def joined(chunks: Chunks, place: Callable[[str], str], between: str = "\n    ", prefix: str = "") -> str:
    """Adjacent literals."""
    return between.join(f'{prefix}"{filled(chunk, place)}"' for chunk in chunks)


def values(chunks: Chunks) -> str:
    """What is put in, in order, as arguments."""
    return ", ".join(part.name for chunk in chunks for part in chunk if not isinstance(part, str))


def added(chunks: Chunks, operator: str) -> str:
    """Literals and values, joined by an operator."""
    parts = (quoted(part) if isinstance(part, str) else part.name for chunk in chunks for part in chunk)
    return f" {operator} ".join(parts)


def raw(chunks: Chunks, place: Callable[[str], str]) -> str:
    """The text as it is, with a place for each value."""
    return "".join(part if isinstance(part, str) else place(part.name) for chunk in chunks for part in chunk)


def braces(name: str) -> str:
    """A place for a value that has its name in braces."""
    return f"{{{name}}}"


#: Ways to write the prompt, by language: from chunks to an expression.
STYLES: dict[str, dict[str, Callable[[Chunks], str]]] = {
    "prompt.py": {
        "f-strings": lambda chunks: f"({joined(chunks, braces, prefix='f')})",
        "triple": lambda chunks: f'f"""{raw(chunks, braces)}"""',
        "format": lambda chunks: f"({joined(chunks, lambda name: '{}')}).format({values(chunks)})",
        "percent": lambda chunks: f"({joined(chunks, lambda name: '%s')}) % ({values(chunks)})",
        "plus": lambda chunks: f"({added(chunks, '+')})",
        "mixed": lambda chunks: "(" + " + ".join(f'f"{filled(chunk, braces)}"' for chunk in chunks) + ")",
    },
    "prompt.rs": {
        "inline": lambda chunks: f'format!("{filled(flat(chunks), braces)}")',
        "positions": lambda chunks: f'format!("{filled(flat(chunks), lambda name: "{}")}", {values(chunks)})',
        "raw": lambda chunks: f'format!(r#"{raw(chunks, lambda name: "{}")}"#, {values(chunks)})',
        "concat": lambda chunks: f"concat!({joined(chunks, braces, ', ')})",
    },
    "prompt.cpp": {
        "plus": lambda chunks: f"std::string() + {added(chunks, '+')}",
        "stream": lambda chunks: f"out << {added(chunks, '<<')}",
        "adjacent": lambda chunks: f"std::format({joined(chunks, lambda name: '{}')}, {values(chunks)})",
        "printf": lambda chunks: f"print({joined(chunks, lambda name: '%s')}, {values(chunks)})",
        "raw": lambda chunks: f'std::format(R"x({raw(chunks, lambda name: "{}")})x", {values(chunks)})',
    },
}
WAYS = [(file, style) for file, styles in STYLES.items() for style in styles]
#: How a constant is declared, and the prompt within a function.
FILES = {
    "prompt.py": ("{} = {}\n", "def prompt(instruction, query, document):\n    return {}\n"),
    "prompt.rs": ("const {}: &str = {};\n", "fn prompt() -> String {{\n    {}\n}}\n"),
    "prompt.cpp": ("static const std::string {} = {};\n", "void prompt() {{\n    auto made = {};\n}}\n"),
}


def parts_of(text: str) -> list[Part]:
    """A text with its values as such."""
    split = re.split(r"\{(instruction|query|document)\}", text)
    return [part if n % 2 == 0 else Value(part) for n, part in enumerate(split) if part]


def program(file: str, style: str, chunks: Chunks) -> str:
    """A file that makes the prompt of chunks."""
    declared, function = FILES[file]
    constants = [part for chunk in chunks for part in chunk if isinstance(part, Constant)]
    made = STYLES[file][style](chunks)
    return "".join(declared.format(c.name, quoted(c.text)) for c in constants) + function.format(made)


def cut(part: Part, places: list[int]) -> Iterator[Part]:
    """A text in pieces."""
    if not isinstance(part, str):
        yield part
        return
    ends = [0, *sorted({place % len(part) for place in places} - {0}), len(part)]
    yield from (part[a:b] for a, b in pairwise(ends))


@st.composite
def spellings(draw: st.DrawFn) -> tuple[str, str, Chunks]:
    """The prompt in some language and style, in adjacent pieces, with constants in place of some of its parts."""
    file, style = draw(st.sampled_from(WAYS))
    parts = parts_of(WHOLE)
    # a literal of Rust's concat! cannot name a constant
    if style != "concat" and draw(st.booleans()):
        parts = [Constant("SYSTEM_PREFIX", TEMPLATE.prefix), parts[0].removeprefix(TEMPLATE.prefix), *parts[1:]]
    if style != "concat" and draw(st.booleans()):
        parts = [*parts[:-1], Constant("SUFFIX", TEMPLATE.suffix)]
    names = {name: draw(st.sampled_from([name, f"the_{name}", f"{name}_text"])) for name in ("query", "document")}
    names["document"] = draw(st.sampled_from([names["document"], "passage", "doc"]))
    parts = [Value(names.get(part.name, part.name)) if isinstance(part, Value) else part for part in parts]
    pieces = [piece for part in parts for piece in cut(part, draw(st.lists(st.integers(0, 400), max_size=3)))]
    ends = sorted(draw(st.sets(st.integers(1, len(pieces) - 1), max_size=4)))
    chunks = [pieces[a:b] for a, b in zip([0, *ends], [*ends, len(pieces)], strict=True)]
    return file, style, chunks


@given(spellings())
@settings(max_examples=150, deadline=None)
def test_the_pinned_prompt_is_right_in_every_spelling(found: Findings, spelling: tuple[str, str, Chunks]) -> None:
    file, style, chunks = spelling
    assert found(program(file, style, chunks), file) == []


@pytest.mark.parametrize(("file", "style"), WAYS)
def test_a_template_in_one_piece_is_right_and_found_when_it_is_not(file: str, style: str, found: Findings) -> None:
    wrong = WHOLE.replace("</think>\n\n", "</think>\n")
    assert found(program(file, style, [parts_of(WHOLE)]), file) == []
    assert len(found(program(file, style, [parts_of(wrong)]), file)) == 1


#: What is wrong, how it is written, and how the difference is told.
ALTERED = {
    "newline-too-much": ("\n<Query>", "\n\n<Query>", ["- '\\n'", "+ '\\n\\n'"]),
    "newline-too-few": ("user\n", "user", ["- '\\n'"]),
    "no-first-mark": ("<|im_start|>system", "system", ["- '<|im_start|>'"]),
    "newline-at-the-end": ("</think>\n\n", "</think>\n", ["- '\\n\\n'", "+ '\\n'"]),
    "no-think-block": ("<think>\n\n</think>\n\n", "", ["- '<think>' '\\n\\n' '</think>' '\\n\\n'"]),
    "full-stop": ("<Instruct>: {instruction}\n", "<Instruct>: {instruction}.\n", ["- '\\n'", "+ '.\\n'"]),
    "other-word": ("Judge whether the", "Judge if the", ["- ' whether'", "+ ' if'"]),
    "capitals": ('"yes" or "no"', '"Yes" or "No"', ["- 'yes'", "+ 'Yes'", "- 'no'", "+ 'No'"]),
    "space-behind-the-label": ("<Document>: ", "<Document>:", ["- ' '"]),
    "no-role": ("<|im_start|>assistant\n", "<|im_start|>\n", ["- 'assistant'"]),
    "space-at-the-end": ("</think>\n\n", "</think>\n\n ", ["+ ' '"]),
}


@pytest.mark.parametrize(("file", "style"), [way for way in WAYS if way[1] not in ("triple", "mixed")])
@pytest.mark.parametrize("name", ALTERED)
def test_an_altered_prompt_is_found_and_the_difference_named(name: str, file: str, style: str, found: Findings) -> None:
    right, wrong, told = ALTERED[name]
    assert WHOLE.count(right) == 1
    (finding,) = found(program(file, style, [parts_of(WHOLE.replace(right, wrong))]), file)
    signs = [line.strip() for line in finding.evidence.splitlines() if line.startswith("  ")]
    assert [shown.replace("{", "").replace("}", "") for shown in signs] == told


@given(spellings(), st.sampled_from(sorted(ALTERED)))
@settings(max_examples=60, deadline=None)
def test_an_alteration_is_found_in_every_spelling(
    found: Findings, spelling: tuple[str, str, Chunks], name: str
) -> None:
    right, wrong, _ = ALTERED[name]
    file, style, chunks = spelling
    changed = altered(chunks, right, wrong)
    if changed is not None:
        assert len(found(program(file, style, changed), file)) >= 1


def altered(chunks: Chunks, right: str, wrong: str) -> Chunks | None:
    """Chunks with a text replaced, where it stands in one piece of them and in no constant."""
    changed: Chunks = [[p.replace(right, wrong) if isinstance(p, str) else p for p in chunk] for chunk in chunks]
    return None if changed == chunks else changed


def tokens_of(text: str, vocabulary: Vocabulary) -> list[str]:
    """The tokens of a text, each place for a value as one."""
    split = re.split(r"(\{\w+\})", text)
    return [token for n, part in enumerate(split) for token in ([part] if n % 2 else vocabulary.tokens(part))]


def sign(told: str, of: str) -> str:
    """Everything that a difference names under a sign."""
    return " ".join(line for line in told.splitlines() if line.startswith(f"  {of}"))


@pytest.mark.parametrize("alter", ["left out", "said twice", "another word"])
def test_every_single_token_that_is_altered_is_found_and_named(
    alter: str, found: Findings, vocabulary: Vocabulary
) -> None:
    tokens = tokens_of(WHOLE, vocabulary)
    missed = []
    for n, token in enumerate(tokens):
        if token.startswith("{") and alter == "another word":
            continue  # a value that is written out
        instead = {"left out": [], "said twice": [token, token], "another word": [token, " otherwise "]}[alter]
        findings = found(f"PROMPT = {quoted(''.join([*tokens[:n], *instead, *tokens[n + 1 :]]))}\n")
        shown = repr(" otherwise" if alter == "another word" else token.strip("{}"))[1:-1]
        if not findings or (alter != "left out" and shown not in sign(findings[0].evidence, "+")):
            missed.append((n, token, findings and findings[0].evidence))
    assert missed == []


#: A file with the prompt's beginning and end as constants, which are put around it elsewhere; the body is format's.
APART = {
    "prompt.py": "PREFIX = {}\nSUFFIX = {}\n\ndef body(a, b, c):\n    return {}.format(a, b, c)\n",
    "prompt.rs": "const PREFIX: &str = {};\nconst SUFFIX: &str = {};\nfn body() -> String {{ format!({}, a, b, c) }}\n",
    "prompt.cpp": "#define PREFIX {}\n#define SUFFIX {}\nauto body = std::format({}, a, b, c);\n",
}


def apart(file: str, prefix: str, suffix: str) -> str:
    """A program with these constants."""
    return APART[file].format(quoted(prefix), quoted(suffix), quoted(re.sub(r"\{\w+\}", "{}", TEMPLATE.body)))


@pytest.mark.parametrize("file", APART)
@pytest.mark.parametrize("instead", ["", " otherwise "])
def test_every_token_that_is_altered_in_one_of_several_constants_is_found(
    instead: str, file: str, found: Findings, vocabulary: Vocabulary
) -> None:
    assert found(apart(file, TEMPLATE.prefix, TEMPLATE.suffix), file) == []
    parts = {"PREFIX": TEMPLATE.prefix, "SUFFIX": TEMPLATE.suffix}
    missed = []
    for name, text in parts.items():
        tokens = vocabulary.tokens(text)
        for n, token in enumerate(tokens):
            altered = parts | {name: "".join([*tokens[:n], instead, *tokens[n + 1 :]])}
            findings = found(apart(file, *altered.values()), file)
            if [finding.place.symbol for finding in findings] != [name]:
                missed.append((name, n, token))
    assert missed == []


@pytest.mark.parametrize("file", APART)
def test_each_of_several_constants_that_differ_is_found(file: str, found: Findings) -> None:
    prefix = TEMPLATE.prefix.replace("Judge whether", "Judge if")
    findings = found(apart(file, prefix, TEMPLATE.suffix.replace("<think>\n\n</think>\n\n", "")), file)
    assert [finding.place.symbol for finding in findings] == ["PREFIX", "SUFFIX"]


@pytest.mark.parametrize("before", ["<|im_start|>", "<|im_start|>system\n"])
def test_a_prompt_whose_beginning_is_lost_is_found(before: str, found: Findings) -> None:
    (finding,) = found(f"PROMPT = {quoted(WHOLE.removeprefix(before))}\n")
    assert before.split("system")[0] in sign(finding.evidence, "-")


@pytest.mark.parametrize(
    "text",
    [
        "from tokens import START\nP = START + {system}\n", "from tokens import START\nP = f{inline}\n",
        "START = '<|im_start|>'\nP = [START, {system}]\n",
        "def turn(role): return f'<|im_start|>{{role}}\\n'\nP = {system}\n",
        "P = tokens([start, {plain}, end, '\\n', start, 'user\\n'])\n",
        "def turn(text): return f'<|im_start|>user\\n{{text}}<|im_end|>'\nB = '<Document>: {{}}'\nP = {answer}\n",
        "out.write({unended})\nout.write('\\n<Instruct>: ' + instruction)\n",
    ],
)  # fmt: skip
def test_a_piece_whose_ends_others_bring_is_right(text: str, found: Findings) -> None:
    system = WHOLE.removeprefix("<|im_start|>")
    pieces = {
        "system": system, "inline": f"{{START}}{system}", "plain": system.partition("<|")[0],
        "answer": TEMPLATE.suffix.removeprefix("<|im_end|>"), "unended": TEMPLATE.prefix.removesuffix("\n"),
    }  # fmt: skip
    assert found(text.format(**{name: quoted(piece) for name, piece in pieces.items()})) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("query.", "query"), ("answer the query", "answer the query."), ("passages", "documents"), ("relevant ", "")],
)
def test_an_instruction_that_is_nearly_the_default_is_found(right: str, wrong: str, found: Findings) -> None:
    altered = f"{TEMPLATE.instruction}.".replace(right, wrong).removesuffix("" if right == "query." else ".")
    right_one = f"INSTRUCTION = {quoted(TEMPLATE.instruction)}\n"
    assert found(right_one) == []
    assert bool(found(f"INSTRUCTION = {quoted(altered)}\n")) is (altered != TEMPLATE.instruction)


@pytest.mark.parametrize(
    "text",
    [
        "INSTRUCTION = 'Given a question, retrieve code that answers it'\n",
        "P = '<|im_start|>user\\n{text}<|im_end|>\\n<|im_start|>assistant\\n'\n",
        "def body(task, query):\n    return f'Instruct: {task}\\nQuery:{query}'\n",
        "def f():\n    '''The prompt has <Instruct>, <Query> and <Document>.'''\n",
        "raise ValueError('the template lacks <Document>')\n",
        "def f(q, d): return f'<Query>: {q}\\n<Document>: {d}'\n",
        "assert made == '<Instruct>: Find it\\n<Query>: Where?\\n<Document>: Paris is in France.'\n",
    ],
)  # fmt: skip
def test_texts_of_something_else_are_left_alone(text: str, found: Findings) -> None:
    assert found(text) == []


def test_the_vocabulary_is_opened_when_it_is_asked_and_not_before() -> None:
    def opened() -> Checkpoint:
        raise LookupError("opened")

    vocabulary = Vocabulary(opened)
    with pytest.raises(LookupError):
        vocabulary.tokens("yes")


def test_a_place_of_unknown_name_hides_nothing_around_it(found: Findings) -> None:
    right = 'P = "<Instruct>: {}\\n<Query>: {}\\n<Document>: {}".format(a, b, c)\n'
    assert found(right) == []
    assert len(found(right.replace("<Query>: ", "<Query>:"))) == 1

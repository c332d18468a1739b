"""Rules as files: YAML, held to a schema, tried on its own language before it is used."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from harness.audit.judges import judges
from harness.audit.languages import LANGUAGES
from harness.audit.matchers import ready
from harness.audit.nodes import find
from harness.audit.rule import Condition, Example, Matcher, Rule
from harness.core.audit import About
from harness.core.errors import UsageError, first_line
from harness.core.vocabulary import Severity, Stage
from harness.core.written import hold

SHIPPED = Path(__file__).parent / "rules"
OBSERVATIONS = Path(__file__).parent / "observations"
_SCHEMA = Path(__file__).with_name("rule.schema.json")
#: Bytes of the largest rule that is read.
LARGEST = 2**18
#: Parts of the largest rule, counted as often as they are named, and levels of the deepest one.
MOST_PARTS = 50_000
DEEPEST = 100


def rules(folders: Sequence[Path] = ()) -> tuple[Rule, ...]:
    """The rules of this package and those of `folders` (*.yaml, *.yml), by their ids.

    UsageError names the file and the place of what is wrong in it.
    """
    found = list(shipped_rules())
    for folder in folders:
        found += _folder(folder)
    by_id: dict[str, Rule] = {}
    for rule in found:
        if rule.about.id in by_id:
            raise UsageError(f"there are two rules {rule.about.id!r}; give yours another id")
        by_id[rule.about.id] = rule
    return tuple(by_id[id] for id in sorted(by_id))


@cache
def shipped_rules() -> tuple[Rule, ...]:
    """The rules of this package."""
    return _of_this_package(SHIPPED)


@cache
def observations() -> tuple[Rule, ...]:
    """What code does that is neither right nor wrong by itself, for claims to be decided by; in the form of rules."""
    return _of_this_package(OBSERVATIONS)


def _of_this_package(folder: Path) -> tuple[Rule, ...]:
    """Rules that are known to be sound: tests read them as a user's are read."""
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yaml"))}
    return tuple(_rule(_yaml(text, path)) for path, text in texts.items())


def find_rule(id: str, known: Sequence[Rule]) -> Rule:
    """The rule of that id; UsageError names the ones there are."""
    for rule in known:
        if rule.about.id == id:
            return rule
    raise UsageError(f"no rule {id!r}; rules: {', '.join(rule.about.id for rule in known)}")


def _folder(folder: Path) -> Iterator[Rule]:
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder of rules")
    paths = sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".yml"))
    if not paths:
        raise UsageError(f"{folder} holds no rule (*.yaml)")
    return (read_rule(path) for path in paths)


def read_rule(path: Path) -> Rule:
    """The rule of one file; UsageError where it is none, or where its matchers are not understood."""
    text = _text(path)
    written = _yaml(text, path)
    _hold_size(written, path)
    hold(written, path, "rule", json.loads(_SCHEMA.read_text(encoding="utf-8")))
    if path.stem != written["id"]:
        raise UsageError(f"{path} is no rule: it is called {written['id']!r}; name the file {written['id']}.yaml")
    rule = _rule(written)
    _try(rule, path)
    return rule


def _text(path: Path) -> str:
    try:
        if (size := path.stat().st_size) > LARGEST:
            raise UsageError(f"{path} has {size} bytes; a rule has at most {LARGEST}")
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read as a rule ({first_line(error)})") from None


def _yaml(text: str, path: Path) -> Any:
    import yaml

    try:
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, RecursionError) as error:
        raise UsageError(f"{path} cannot be read as a rule: it is no YAML ({' '.join(str(error).split())})") from None


def _hold_size(written: Any, path: Path) -> None:
    """UsageError where a rule is too deep, or names its own parts so often that nothing could be done with it."""
    waiting, parts = [(written, 1)], 0
    while waiting:
        here, depth = waiting.pop()
        parts += 1
        if depth > DEEPEST or parts > MOST_PARTS:
            limit = f"is more than {DEEPEST} levels deep" if depth > DEEPEST else f"has more than {MOST_PARTS} parts"
            raise UsageError(f"{path} is no rule: it {limit}")
        below = here.values() if isinstance(here, dict) else here if isinstance(here, list) else ()
        waiting += [(part, depth + 1) for part in below]


def _rule(written: Mapping[str, Any]) -> Rule:
    languages, utilities = written["languages"], written.get("utils", {})
    about = About(
        written["id"], written["title"], Stage(written["stage"]), Severity(written["severity"]),
        _line(written["why"]), _line(written["remedy"]), tuple(languages),
    )  # fmt: skip
    utils = {name: {**utilities, **languages.get(name, {}).get("utils", {})} for name in LANGUAGES}
    mentions = tuple(tuple(group.lower().split("|")) for group in written["mentions"])
    conditions = tuple(
        Condition(entry["relation"], entry["concept"], entry.get("holds", True), entry.get("through", ""))
        for entry in written.get("conditions", ())
    )
    return Rule(
        about, _line(written["message"]), mentions,
        {name: ready(given, utils[name]) for name, given in languages.items()},
        {concept: _by_language(matchers, utils) for concept, matchers in written.get("concepts", {}).items()},
        conditions, written.get("judge", ""), _by_language(written.get("settings", {}), utils),
        tuple(_examples(languages)),
    )  # fmt: skip


def _by_language(given: Any, utils: Mapping[str, Any], language: str = "") -> Any:
    """Settings or concepts, with every matcher that stands in them under the name of a language made ready."""
    if not isinstance(given, dict):
        return given
    if language and "rule" in given:
        return ready(given, utils[language])
    return {key: _by_language(value, utils, key if key in LANGUAGES else language) for key, value in given.items()}


def _examples(languages: Mapping[str, Any]) -> Iterator[Example]:
    for name, given in languages.items():
        for key in ("wrong", "right"):
            for code in given[key]:
                files = code if isinstance(code, dict) else {f"example{LANGUAGES[name].suffixes[0]}": code}
                yield Example(name, files, key == "wrong")


def _try(rule: Rule, path: Path) -> None:
    """UsageError where a matcher, a condition or the judge of a rule is not understood."""
    from ast_grep_py import SgRoot

    if rule.judge and rule.judge not in judges():
        raise UsageError(f"{path} is no rule: no judge {rule.judge!r}; judges: {', '.join(judges())}")
    for condition in rule.conditions:
        if condition.concept not in rule.concepts:
            raise UsageError(f"{path} is no rule: no concept {condition.concept!r} among its concepts")
    for language, matcher in _all_matchers(rule):
        try:
            find(SgRoot("", language).root(), matcher)
        except Exception as error:  # ast-grep's own: RuntimeError, or a bare Exception for an unknown field
            raise UsageError(f"{path} is no rule: {language}: {_reason(error)}") from None


def _all_matchers(rule: Rule) -> Iterator[tuple[str, Matcher]]:
    for given in (rule.matchers, rule.concepts, rule.settings):
        yield from _matchers_in(given)


def _matchers_in(given: Mapping[str, Any], language: str = "") -> Iterator[tuple[str, Matcher]]:
    for key, value in given.items():
        told = key if key in LANGUAGES else language
        if isinstance(value, dict) and told and "rule" in value:
            yield told, value
        elif isinstance(value, dict):
            yield from _matchers_in(value, told)


def _reason(error: Exception) -> str:
    """What ast-grep says is wrong, without its own calls."""
    lines = [line.strip() for line in str(error).partition("Stack backtrace")[0].splitlines() if line.strip()]
    return re.sub(r"^\d+: ", "", lines[-1]) if lines else "a matcher is not understood"


def _line(text: str) -> str:
    return " ".join(text.split())

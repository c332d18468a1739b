"""Rules as files: a sound one is used beside those of the program, a mistake is told with its file and its place."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.audit import find_rule, observations, read_rule, rules, shipped_rules
from harness.audit.languages import LANGUAGES
from harness.audit.reading import LARGEST
from harness.core.audit import Audited
from harness.core.errors import UsageError
from harness.core.vocabulary import Severity, Stage

RuleFile = Callable[..., Path]
FOUND = {"wrong": ["bad()"], "right": ["good()"]}


def python(rule: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The languages of a rule that is about Python alone."""
    return {"python": {"rule": rule, **FOUND, **changes}}


def told_of(path: Path) -> str:
    """What is said of a file that is no rule."""
    with pytest.raises(UsageError) as error:
        read_rule(path)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_a_sound_rule_is_read(rule_file: RuleFile) -> None:
    rule = read_rule(rule_file(mentions=["Bad|Worse", "call"], why="It is\n  bad."))
    assert (rule.about.id, rule.about.stage, rule.about.severity) == ("bad-call", Stage.HEAD, Severity.MAJOR)
    assert (rule.about.why, rule.about.languages) == ("It is bad.", ("python", "rust", "cpp"))
    assert (rule.mentions, rule.conditions, rule.judge) == ((("bad", "worse"), ("call",)), (), "")
    assert [(example.language, example.wrong) for example in rule.examples[:3]] == [
        ("python", True), ("python", False), ("rust", True),
    ]  # fmt: skip


def test_a_rule_is_used_beside_those_of_the_program(rule_file: RuleFile, audited: Callable[..., Audited]) -> None:
    known = rules([rule_file().parent])
    assert {rule.about.id for rule in known} == {"bad-call", *(rule.about.id for rule in shipped_rules())}
    found = audited({"a.py": "def f(scores):\n    bad(scores)\n"}, known)
    assert [finding.rule.id for finding in found.findings] == ["bad-call"]


def test_rules_of_several_folders_come_in_the_order_of_their_ids(rule_file: RuleFile, tmp_path: Path) -> None:
    path = rule_file(id="a-bad-call")
    (tmp_path / "more").mkdir()
    rule_file(id="zz-bad-call").rename(tmp_path / "more" / "zz-bad-call.yaml")
    ids = [rule.about.id for rule in rules([path.parent, tmp_path / "more"])]
    assert (ids, ids[0], ids[-1]) == (sorted(ids), "a-bad-call", "zz-bad-call")


def test_what_is_no_rule_by_its_suffix_is_passed_over(rule_file: RuleFile) -> None:
    path = rule_file()
    (path.parent / "README.md").write_text("# Rules\n")
    assert len(rules([path.parent])) == len(shipped_rules()) + 1


@pytest.mark.parametrize(
    ("text", "lines", "found"),
    [("bad()\n", ["bad"], 1), ("BAD = 1\nbad()\n", ["BAD"], 1), ("bad()\n", ["bad", "score|logit"], 0)],
)
def test_a_file_without_the_words_of_a_rule_is_not_searched(
    text: str, lines: list[str], found: int, rule_file: RuleFile, audited: Callable[..., Audited]
) -> None:
    assert len(audited({"a.py": text}, [read_rule(rule_file(mentions=lines))]).findings) == found


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"why": None}, "is no rule: 'why' is missing"), ({"mentions": None}, "'mentions' is missing"),
        ({"sevrity": "major"}, "there is no key 'sevrity'; did you mean 'severity'?"),
        ({"severity": "bad"}, "severity: 'bad' is not known; known are critical, major, minor, info"),
        ({"stage": "heads"}, "stage: 'heads' is not known; did you mean 'head'?"),
        ({"id": "Bad Call"}, "id: 'Bad Call' does not match"), ({"title": ""}, "title: '' should be non-empty"),
        ({"title": 3}, "title: 3 is not of type 'string'"), ({"mentions": []}, "mentions: [] should be non-empty"),
        ({"languages": {}}, "languages: {} "), ({"languages": {"go": {}}}, "languages: there is no key 'go'"),
        ({"languages": python({"kind": "call"}, wrong=[])}, "languages, python, wrong: [] should be non-empty"),
        ({"languages": {"python": {"rule": {"kind": "call"}}}}, "languages, python: 'wrong' is missing"),
        ({"judge": "nobody"}, "no judge 'nobody'; judges: "),
        ({"settings": []}, "settings: [] is not of type 'object'"),
        ({"conditions": [{"relation": "reaches", "concept": "gone"}]}, "no concept 'gone' among its concepts"),
        ({"conditions": [{"relation": "calls", "concept": "x"}]}, "conditions 1, relation: 'calls' is not known"),
        ({"conditions": [{"relation": "reaches"}]}, "conditions 1: 'concept' is missing"),
        ({"concepts": {"x": {"python": {"rule": {"kind": "nonsense"}}}}}, "python: Kind `nonsense` is invalid"),
    ],
)  # fmt: skip
def test_a_key_that_is_missing_unknown_or_wrong_is_told(
    changes: dict[str, Any], told: str, rule_file: RuleFile
) -> None:
    assert told in told_of(rule_file("bad-call.yaml", **changes))


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ({"kind": "nonsense"}, "python: Kind `nonsense` is invalid"),
        ({"kind": "call_expression"}, "python: Kind `call_expression` is invalid"),
        ({"kind": "call", "regex": "("}, "unclosed group"), ({"kind": "call", "regex": "(?=x)"}, "look-around"),
        ({"kind": "call", "has": {"field": "nofield", "kind": "call"}}, "invalid field nofield"),
        ({"matches": "gone"}, "Rule `gone` is not defined"), ({"kind": "call", "hass": {}}, "unknown field `hass`"),
        ({}, "must have one positive matcher"), ({"pattern": "a; b"}, "Multiple AST nodes"),
        ({"kind": 3}, "unexpected type"),
    ],
)  # fmt: skip
def test_a_matcher_that_is_not_understood_is_told(rule: dict[str, Any], told: str, rule_file: RuleFile) -> None:
    assert told in told_of(rule_file(languages=python(rule)))


def test_matchers_that_need_each_other_are_told(rule_file: RuleFile) -> None:
    utils = {"a": {"any": [{"matches": "b"}]}, "b": {"not": {"matches": "a"}}}
    assert "cyclic dependency" in told_of(rule_file(languages=python({"matches": "a"}, utils=utils)))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: [", "it is no YAML (while parsing"), ("\t- x", "it is no YAML"), ("a: *gone", "it is no YAML"),
        ("!!python/object/apply:os.system [ls]", "it is no YAML"), ("", "None is not of type 'object'"),
        ("- a\n", "is no rule: "), ("just text", "is no rule: "), ("a: 1\n---\nb: 2\n", "it is no YAML"),
        ("[" * 5_000, "it is no YAML"), ("3: 4\n", "is no rule: "),
    ],
)  # fmt: skip
def test_what_is_no_yaml_or_no_rule_is_told(text: str, told: str, rule_file: RuleFile) -> None:
    path = rule_file()
    path.write_text(text)
    assert told in told_of(path)


def test_a_file_that_is_no_text_is_told(rule_file: RuleFile) -> None:
    path = rule_file()
    path.write_bytes(b"id: \xff\n")
    assert "cannot be read as a rule" in told_of(path)


def test_a_file_that_is_missing_or_too_large_is_told(rule_file: RuleFile) -> None:
    path = rule_file()
    path.write_text("#" * (LARGEST + 1))
    assert f"has {LARGEST + 1} bytes; a rule has at most {LARGEST}" in told_of(path)
    path.unlink()
    assert "cannot be read as a rule" in told_of(path)


def test_a_file_whose_name_is_not_the_id_is_told(rule_file: RuleFile) -> None:
    assert "it is called 'bad-call'; name the file bad-call.yaml" in told_of(rule_file("other.yaml"))


@pytest.mark.parametrize("id", ["prompt-differs", "bad-call"])
def test_an_id_that_is_taken_is_told(id: str, rule_file: RuleFile, tmp_path: Path) -> None:
    path = rule_file(id=id)
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / path.name).write_text(path.read_text())
    with pytest.raises(UsageError, match=f"there are two rules '{id}'; give yours another id"):
        rules([path.parent, tmp_path / "more"])


def test_a_folder_without_rules_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"holds no rule \(\*\.yaml\)"):
        rules([tmp_path])
    with pytest.raises(UsageError, match="is no folder of rules"):
        rules([tmp_path / "missing"])


def test_a_rule_that_does_not_exist_is_told_with_those_that_do(bad_call: Any) -> None:
    assert find_rule("bad-call", [bad_call]) is bad_call
    with pytest.raises(UsageError, match="no rule 'gone'; rules: bad-call"):
        find_rule("gone", [bad_call])


def test_no_observation_is_called_as_a_rule_is() -> None:
    assert not {rule.about.id for rule in observations()} & {rule.about.id for rule in shipped_rules()}


def test_the_schema_knows_the_languages_of_the_audit() -> None:
    import harness.audit.reading as reading

    schema = json.loads(reading._SCHEMA.read_text(encoding="utf-8"))
    assert set(schema["properties"]["languages"]["properties"]) == set(LANGUAGES)
    assert schema["properties"]["stage"]["enum"] == [stage.value for stage in Stage]


def test_utilities_of_a_rule_serve_every_language_and_its_settings(rule_file: RuleFile) -> None:
    called = {"any": [{"kind": "call", "has": {"field": "function", "matches": "named"}}]}
    settings = {"value": "VALUE", "from": {"python": {"rule": {"kind": "identifier", "matches": "named"}}}}
    rule = read_rule(
        rule_file(
            utils={"named": {"regex": "^bad$"}, "other": {"regex": "x"}}, languages=python(called), settings=settings
        )
    )
    assert rule.matchers["python"]["utils"] == rule.settings["from"]["python"]["utils"] == {"named": {"regex": "^bad$"}}


def test_a_matcher_in_the_settings_that_is_not_understood_is_told(rule_file: RuleFile) -> None:
    settings = {"value": "VALUE", "from": {"python": {"rule": {"kind": "no_such_kind"}}}}
    assert "no_such_kind" in told_of(rule_file(settings=settings))


def test_a_rule_that_is_too_deep_is_told(rule_file: RuleFile) -> None:
    path = rule_file()
    nested = "{not: " * 3000 + "{kind: call}" + "}" * 3000
    path.write_text(path.read_text().replace("judge: ''", "") + f"conditions: {nested}\n")
    assert "levels deep" in told_of(path) or "no YAML" in told_of(path)


def test_a_rule_that_names_its_parts_too_often_is_told(rule_file: RuleFile) -> None:
    path = rule_file()
    bomb = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join(9 * [f'*a{n - 1}'])}]" for n in range(1, 12)]
    path.write_text(path.read_text() + "settings:\n" + "".join(f"  {line}\n" for line in bomb))
    assert "parts" in told_of(path)

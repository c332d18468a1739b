"""Dialects as data: every one has both sides, and schemas that say something."""

from __future__ import annotations

import json
from importlib.resources import files

import jsonschema
import pytest

from harness.serving.dialects import interfaces
from harness.targets.http.dialect import COMMON, Ask, Misuse, Option
from harness.targets.http.dialects import dialects


def test_every_dialect_is_spoken_and_served() -> None:
    assert set(dialects()) == set(interfaces())


@pytest.mark.parametrize("name", dialects())
def test_a_dialect_s_schemas_are_schemas(name: str) -> None:
    text = (files("harness.targets.http") / "schemas" / f"{name}.json").read_text(encoding="utf-8")
    document = json.loads(text)
    assert document["versions"]
    for part in ("answer", "error"):
        jsonschema.Draft202012Validator.check_schema(document["$defs"][part])


@pytest.mark.parametrize("name", dialects())
def test_an_answer_schema_refuses_an_answer_without_scores(name: str) -> None:
    validator = jsonschema.Draft202012Validator(dialects()[name].schema("answer"))
    assert not validator.is_valid([{"index": 0}])
    assert not validator.is_valid({"results": [{"index": 0}]})


@pytest.mark.parametrize("name", dialects())
def test_a_request_holds_query_and_documents_as_they_are(name: str) -> None:
    body = dialects()[name].body(Ask("a query", ("one", "two", "one")), "a model")
    assert "a query" in body.values()
    assert ["one", "two", "one"] in body.values()


@pytest.mark.parametrize("name", dialects())
def test_every_option_that_a_dialect_has_changes_its_request(name: str) -> None:
    dialect, plain = dialects()[name], Ask("q", ("d",))
    asked = {
        Option.INSTRUCTION: Ask("q", ("d",), instruction="i"),
        Option.RAW_SCORES: Ask("q", ("d",), raw=True),
        Option.TOP_N: Ask("q", ("d",), top_n=1),
        Option.RETURN_TEXT: Ask("q", ("d",), return_text=True),
        Option.TRUNCATE: Ask("q", ("d",), truncate=True),
        Option.KEEP_END: Ask("q", ("d",), keep_end=True),
        Option.DOCUMENT_TOKENS: Ask("q", ("d",), document_tokens=8),
    }
    same = {o for o in dialect.options if dialect.body(asked[o], None) == dialect.body(plain, None)}
    assert same <= ({Option.RETURN_TEXT} if dialect.always_returns_text else set())


def test_every_misuse_has_a_status_that_http_documents() -> None:
    assert set(COMMON) == set(Misuse)


@pytest.mark.parametrize("limit", [-5, 0, 10**12, True, "32", None, [32]])
def test_a_limit_that_cannot_be_believed_is_none(limit: object) -> None:
    known = {
        "/info": {"max_client_batch_size": limit, "max_input_length": limit, "version": limit, "model_id": limit},
        "/v1/models": {"data": [{"id": limit, "max_model_len": limit}]},
        "/props": {"default_generation_settings": {"n_ctx": limit}, "build_info": limit},
    }
    for dialect in dialects().values():
        facts = dialect.facts(known)
        assert facts.input_limit is None
        assert isinstance(facts.model, str | None)
    assert dialects()["tei"].facts(known).batch_limit is None

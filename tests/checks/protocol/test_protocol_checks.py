"""Each check of the protocol passes on every served dialect and fails, for the right reason, on a planted fault."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from harness.checks.context import Context
from harness.checks.registry import all_checks
from harness.core.errors import MalformedAnswer, TargetError
from harness.core.findings import Outcome
from harness.core.vocabulary import Area, Severity, Status
from harness.serving.dialects import interfaces
from harness.targets.http.client import Client
from harness.targets.http.dialect import Facts
from harness.targets.http.dialects import dialect
from harness.targets.http.discovery import Discovered
from harness.targets.http.server import Server
from harness.targets.http.target import HttpTarget
from tests.targets.http.faulty import RESET, faulty_server, reply

RunCheck = Callable[[str, Context], list[Outcome]]
ContextFor = Callable[..., Context]
ServedTarget = Callable[..., HttpTarget]
PROTOCOL = [c.id for c in all_checks() if c.area is Area.PROTOCOL]

#: Check, dialect, planted fault, and a word of the message that names the reason.
SEEN = (
    ("protocol.schema", "tei", "score-null", "None is not of type"),
    ("protocol.schema", "vllm", "score-null", "None is not of type"),
    ("protocol.index-permutation", "tei", "last-item-lost", "without the indices"),
    ("protocol.index-permutation", "jina", "index-doubled", "without the indices"),
    ("protocol.order", "tei", "unsorted", "stands before"),
    ("protocol.order", "tei", "ties-turned", "both with"),
    ("protocol.order", "vllm", "ties-turned", "both with"),
    ("protocol.returned-text", "tei", "text-of-neighbour", "came back"),
    ("protocol.returned-text", "vllm", "scores-zipped-with-sorted-order", "came back"),
    ("protocol.returned-text", "tei", "index-from-one", "came back"),
    ("protocol.top-n", "jina", "top-n-ignored", "items, expected 1"),
    ("protocol.top-n", "vllm", "top-n-before-sort", "logit apart"),
    ("protocol.raw-scores", "tei", "raw-ignored", "logit apart"),
    ("protocol.endpoints-agree", "vllm", "endpoints-apart", "/score and /rerank differ"),
    ("protocol.endpoints-agree", "tei", "endpoints-apart", "/predict and /rerank differ"),
    ("protocol.token-counts", "vllm", "template-absent", "the pinned prompt has"),
    ("protocol.token-counts", "tei", "tokens-of-texts-only", "the pinned prompt has"),
    ("protocol.token-counts", "vllm", "instruction-dropped", "another instruction"),
    ("protocol.batch-limit", "tei", "batch-cut", "without the indices"),
    ("protocol.tokenizer", "tei", "other-tokenizer", "texts get the model's ids"),
    ("protocol.tokenizer", "vllm", "other-tokenizer", "texts get the model's ids"),
    ("protocol.misuse", "tei", "errors-as-success", "documented 400"),
    ("protocol.misuse", "vllm", "errors-as-crash", "status 500"),
    ("protocol.misuse", "tei", "empty-answered", "no documents: status 200"),
    ("protocol.misuse", "tei", "hangs-on-blank", "gave no whole answer in time"),
    ("protocol.bad-document", "vllm", "cut-at-blank", "without the indices"),
    ("protocol.generated-requests", "tei", "errors-as-crash", "status 500"),
    ("protocol.shortening", "tei", "shortening-ignored", "cutting from the left"),
    ("protocol.shortening", "vllm", "shortening-ignored", "tokens by themselves"),
    ("protocol.shortening", "cohere", "shortening-ignored", "tokens by themselves"),
    ("protocol.truncation", "tei", "suffix-truncated", "logit from the reference"),
)


@pytest.mark.parametrize("name", interfaces())
@pytest.mark.parametrize("check_id", PROTOCOL)
def test_a_healthy_server_passes(
    check_id: str, name: str, served_target: ServedTarget, context_for: ContextFor, run_check: RunCheck
) -> None:
    outcomes = run_check(check_id, context_for(served_target(name)))
    wrong = [o.message for o in outcomes if o.status is not Status.PASS and o.severity is not Severity.INFO]
    assert outcomes
    assert wrong == []


@pytest.mark.parametrize(("check_id", "name", "fault", "reason"), SEEN)
def test_a_planted_fault_is_seen_for_what_it_is(
    check_id: str, name: str, fault: str, reason: str,
    served_target: ServedTarget, context_for: ContextFor, run_check: RunCheck,
) -> None:  # fmt: skip
    try:
        outcomes = run_check(check_id, context_for(served_target(name, fault)))
    except MalformedAnswer as error:
        pytest.fail(f"the check itself was stopped by the fault: {error}")
    told = [f"{o.message} {o.evidence}" for o in outcomes if o.status is Status.FAIL]
    assert any(reason in text for text in told), [o.message for o in outcomes]


def test_a_failure_carries_a_curl_command_that_reproduces_it(
    served_target: ServedTarget, context_for: ContextFor, run_check: RunCheck
) -> None:
    outcomes = run_check("protocol.order", context_for(served_target("tei", "unsorted")))
    failed = next(o for o in outcomes if o.status is Status.FAIL)
    assert "curl -sS -i -X POST http://127.0.0.1:" in failed.evidence


def test_every_check_of_the_protocol_is_shown_to_fail() -> None:
    assert {check_id for check_id, *_ in SEEN} == set(PROTOCOL) - {"protocol.declared"}


def test_a_request_that_ends_the_server_is_no_refusal(context_for: ContextFor, run_check: RunCheck) -> None:
    sound = reply(json.dumps([{"index": i, "score": 0.5} for i in range(3)]).encode())
    with faulty_server(lambda number, body: [sound] if number < 1 else [RESET]) as (url, _):
        server = Server(Client(url), Discovered(dialect("tei"), "", Facts()))
        with pytest.raises(TargetError, match="failed"):
            run_check("protocol.generated-requests", context_for(HttpTarget(server, url)))
        server.client.close()


def test_a_shorter_input_limit_than_the_model_s_is_told(
    served_target: ServedTarget, context_for: ContextFor, run_check: RunCheck
) -> None:
    outcomes = run_check("protocol.declared", context_for(served_target("tei", "input-limit-halved")))
    assert any("the server takes 512 tokens, the model 1024" in o.message for o in outcomes if o.status is Status.FAIL)


def test_a_wrong_key_is_refused(
    served_target: ServedTarget, context_for: ContextFor, run_check: RunCheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("A_KEY", "correct horse")
    outcomes = run_check("protocol.misuse", context_for(served_target("tei", api_key_env="A_KEY")))
    assert any(o.subject == "a wrong API key on /rerank" and o.status is Status.PASS for o in outcomes)


def test_a_path_that_takes_any_key_is_told(
    served_target: ServedTarget, context_for: ContextFor, run_check: RunCheck, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("A_KEY", "correct horse")
    outcomes = run_check(
        "protocol.misuse", context_for(served_target("vllm", "key-of-some-paths", api_key_env="A_KEY"))
    )
    failed = [outcome.subject for outcome in outcomes if outcome.status is Status.FAIL]
    assert failed == ["a wrong API key on /rerank"]

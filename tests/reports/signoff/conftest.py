"""A desk at which releases are signed and checked: healthy runs made cheaply, a policy, keys and the real model."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from fixtures.models import model_folder
from harness.core.events import CheckStarted, Event, FindingMade, RunFinished, RunStarted, to_json
from harness.core.findings import Finding
from harness.core.vocabulary import Area, Severity, Stage, Status
from harness.reference.checkpoint import Checkpoint, open_checkpoint
from reports.signoff.check import Examination, examine
from reports.signoff.decision import Decision
from reports.signoff.keys import generate, read_private, read_public
from reports.signoff.sign import Given, sign_off

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
POLICY = {
    "schema": '"rerank-harness/policy/1"', "devices": '["cpu"]', "areas": '["numerics", "prompt"]',
    "checks": '["numerics.*"]', "collections": '["judged"]', "profile": '"ci"', "max_age_days": "14",
    "margins": '{"numerics.values" = 0.01}',
}  # fmt: skip
_ROWS = (
    ("numerics.values", Area.NUMERICS, Severity.MAJOR, 0.02),
    ("numerics.order", Area.NUMERICS, Severity.CRITICAL, None),
    ("prompt.template", Area.PROMPT, Severity.CRITICAL, 0.5),
)


def finding(check: str, area: Area, severity: Severity, margin: float | None, device: str) -> Finding:
    limit = None if margin is None else 1.0
    return Finding(
        check=check, title=check, area=area, stage=Stage.FORWARD, status=Status.PASS, severity=severity, device=device,
        message="as it should be", value=None if margin is None else 1.0 - margin, limit=limit, margin=margin,
        unit="logit", evidence="", remedy="", subject="", reproduce="", seconds=0.1,
    )  # fmt: skip


@dataclass
class Desk:
    """Where a release is signed: everything lies in `folder`; `model` is a copy of the model that may be damaged."""

    folder: Path
    model: Path
    checkpoint: Checkpoint
    key: Path
    public: Path

    @property
    def statement(self) -> Path:
        return self.folder / "release.json"

    @property
    def evidence(self) -> Path:
        return self.folder / "release.evidence"

    def started(self, device: str = "cpu", **changes: Any) -> RunStarted:
        model = {
            "id": "tiny-causal", "digest": self.checkpoint.digest, "files": self.checkpoint.file_digests,
        }  # fmt: skip
        began = RunStarted(
            "2026-11-22T12:00:00.000+00:00", {"spec": "reference", "dialect": None}, model, device, "ci",
            {"collection": "judged"}, tuple(row[0] for row in _ROWS), id=(device.encode().hex() * 8)[:32],
            inputs={"collection": "sha256:" + "a" * 64, "prompt": "sha256:" + "b" * 64},
        )  # fmt: skip
        return replace(began, **changes)

    def events(self, device: str = "cpu", **changes: Any) -> list[Event]:
        """A healthy run that came to its end."""
        made = [finding(*row, device) for row in _ROWS]
        pairs = [event for f in made for event in (CheckStarted(f.check), FindingMade(f))]
        return [self.started(device, **changes), *pairs, RunFinished("2026-11-22T12:01:00.000+00:00")]

    def run(self, events: Iterable[Event] | None = None, name: str = "run") -> Path:
        """Write a run's folder."""
        folder = self.folder / name
        folder.mkdir(parents=True, exist_ok=True)
        lines = [to_json(event) + "\n" for event in (self.events() if events is None else events)]
        (folder / "events.jsonl").write_text("".join(lines), encoding="ascii")
        return folder

    def policy(self, more: str = "", **changes: str | None) -> Path:
        """Write the policy; a value of None leaves its key out."""
        fields = {name: value for name, value in {**POLICY, **changes}.items() if value is not None}
        path = self.folder / "policy.toml"
        path.write_text("".join(f"{name} = {value}\n" for name, value in fields.items()) + more, encoding="utf-8")
        return path

    def waivers(self, **changes: str) -> Path:
        """Write a waiver for numerics.values."""
        entry = {
            "check": "numerics.values", "owner": "ana@example.com", "reason": "coarse head",
            "link": "https://example.com/1", "expires": "2027-01-31", "justification": "RiskAccepted",
        }  # fmt: skip
        lines = [f'{name} = "{value}"' for name, value in {**entry, **changes}.items()]
        path = self.folder / "waivers.toml"
        path.write_text("\n".join(['schema = "rerank-harness/waivers/1"', "[[waiver]]", *lines]), encoding="utf-8")
        return path

    def sign(self, *runs: Path, policy: Path | None = None, waivers: Path | None = None, **options: Any) -> Decision:
        """Sign off, by default one healthy run."""
        given = Given(runs or (self.run(),), policy or self.policy(), waivers)
        signer = None if options.get("unsigned") else read_private(options.get("key", self.key))
        folder = options.get("model", self.model)
        return sign_off(given, self.statement, signer, lambda _: folder, options.get("at", AT))

    def check(self, **options: Any) -> Examination:
        """Check the statement."""
        key = None if options.get("unsigned") else read_public(options.get("public", self.public))
        folder = options.get("model", self.model)
        return examine(self.statement, key, lambda _: folder, options.get("at", AT))

    def signed(self) -> dict[str, Any]:
        """What the statement says, whoever signed it."""
        return dict(json.loads(base64.b64decode(json.loads(self.statement.read_text())["payload"])))

    @staticmethod
    def flip(path: Path, at: int | None = None) -> None:
        """Change one bit of a file, in its middle or where `at` says."""
        content = bytearray(path.read_bytes())
        content[len(content) // 2 if at is None else at] ^= 1
        path.write_bytes(bytes(content))


@pytest.fixture(scope="session")
def tiny() -> Checkpoint:
    """The embedded model."""
    return open_checkpoint(model_folder("tiny-causal"), name="tiny-causal")


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A private key and its public one."""
    private = tmp_path_factory.mktemp("keys") / "release"
    return private, generate(private)


@pytest.fixture
def desk(tmp_path: Path, tiny: Checkpoint, keys: tuple[Path, Path]) -> Desk:
    model = tmp_path / "model"
    shutil.copytree(tiny.folder, model)
    return Desk(tmp_path, model, tiny, *keys)


@pytest.fixture
def failing() -> Callable[..., list[Event]]:
    """Events in which the findings of one check get another status."""

    def change(events: Iterable[Event], check: str = "numerics.values", **changes: Any) -> list[Event]:
        fields = {"status": Status.FAIL, "message": "too far off", **changes}
        return [
            FindingMade(replace(event.finding, **fields))
            if isinstance(event, FindingMade) and event.finding.check == check
            else event
            for event in events
        ]

    return change

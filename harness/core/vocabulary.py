"""The fixed words of the field: stages, areas, phases, statuses, severities, verdicts (DESIGN: words and contract)."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """The eight stages of a reranking deployment, in the order in which a pair passes through them."""

    ASSEMBLE = "assemble"
    ENCODE = "encode"
    BATCH = "batch"
    FORWARD = "forward"
    HEAD = "head"
    ACTIVATE = "activate"
    REPLY = "reply"
    STATE = "state"


class Area(StrEnum):
    """The areas of a verification report, in the order in which it shows them."""

    SCORE_DISTRIBUTION = "score-distribution"
    TOKEN_IDS = "token-ids"
    PROMPT = "prompt"
    COMPATIBILITY = "compatibility"
    DEVICES = "devices"
    NUMERICS = "numerics"
    RANKING_QUALITY = "ranking-quality"
    ROBUSTNESS = "robustness"
    PROTOCOL = "protocol"
    PERFORMANCE = "performance"
    MONITORING = "monitoring"
    SOURCE_AUDIT = "source-audit"

    @property
    def title(self) -> str:  # type: ignore[override]  # a heading, where str has a method that nobody needs here
        """The area's name as a heading."""
        return self.value.replace("-", " ").capitalize().replace("ids", "IDs")


class Phase(StrEnum):
    """The order in which checks run; a failed phase takes the meaning from some later ones."""

    LOAD = "load"
    CONFIGURATION = "configuration"
    TOKENS = "tokens"
    PROMPT = "prompt"
    FINITE = "finite"
    SPREAD = "spread"
    INVARIANTS = "invariants"
    VALUES = "values"
    RANKING = "ranking"
    SPEED = "speed"


class Status(StrEnum):
    """The outcome of one check. What did not run is NOT_VERIFIED and never PASS."""

    PASS = "pass"
    FAIL = "fail"
    WARN = "warn"
    NOT_VERIFIED = "not verified"
    ERROR = "error"


class Severity(StrEnum):
    """How much a finding matters, gravest first."""

    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)


class Verdict(StrEnum):
    """The judgement of a whole run."""

    PASS = "pass"
    FAIL = "fail"
    INCOMPLETE = "incomplete"


class Coverage(StrEnum):
    """How far an area or a device has been verified."""

    VERIFIED = "verified"
    PARTIAL = "partial"
    FAILED = "failed"
    NOT_VERIFIED = "not verified"

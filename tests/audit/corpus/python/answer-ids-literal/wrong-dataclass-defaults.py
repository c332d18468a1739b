from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class RerankerSettings:
    model_path: str
    revision: str | None = None
    max_length: int = 8192
    batch_size: int = 16
    token_true_id: int = 9693
    token_false_id: int = 2152
    extra: dict[str, str] = field(default_factory=dict)

    def validate(self) -> None:
        if self.max_length <= 0 or self.batch_size <= 0:
            raise ValueError("max_length and batch_size must be positive")

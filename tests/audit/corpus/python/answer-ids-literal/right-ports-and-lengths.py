from pydantic import Field
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    model_path: str
    answer_yes: str = "yes"
    answer_no: str = "no"
    http_port: int = 9693
    metrics_port: int = 9454
    max_document_chars: int = Field(default=2152, gt=0)
    max_batch_tokens: int = 16384
    seed: int = 2753
    warmup: bool = True

    def addresses(self) -> tuple[str, str]:
        return f"0.0.0.0:{self.http_port}", f"0.0.0.0:{self.metrics_port}"

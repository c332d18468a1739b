from enum import Enum

from pydantic_settings import BaseSettings


class ModelKind(str, Enum):
    EMBEDDING = "embedding"
    RERANKER = "reranker"


class Settings(BaseSettings):
    model_name: str
    model_kind: ModelKind
    revision: str = "main"


def engine_for(settings: Settings):
    from engines import EmbedEngine, ScoreEngine

    engines = {ModelKind.EMBEDDING: EmbedEngine, ModelKind.RERANKER: ScoreEngine}
    return engines[settings.model_kind](settings.model_name, revision=settings.revision)

import re

_RERANKER = re.compile(r"(?:^|[-_/])re-?rank(?:er)?(?:[-_]|$)", re.IGNORECASE)


def engine_for(repo_id, config):
    """Returns the engine class for a repository."""
    from engines import EmbedEngine, ScoreEngine

    if _RERANKER.search(repo_id):
        return ScoreEngine(repo_id, max_length=config.max_position_embeddings)
    return EmbedEngine(repo_id, max_length=config.max_position_embeddings)

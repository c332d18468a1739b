"""The trusted implementation of a reranker: one room a stage, joined by the pipeline."""

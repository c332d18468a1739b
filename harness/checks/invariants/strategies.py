"""Hypothesis strategies for what a reranker is given."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from fixtures.collections import Judged


def texts(judged: Judged) -> st.SearchStrategy[str]:
    """Words of the collection in any language, and arbitrary Unicode without lone surrogates."""
    words = sorted({word for text in judged.documents.values() for word in text.split()})
    sentences = st.lists(st.sampled_from(words), min_size=1, max_size=25).map(" ".join)
    return sentences | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


def queries(judged: Judged) -> st.SearchStrategy[str]:
    """A query of the collection, or any text."""
    return st.sampled_from(sorted(judged.queries.values())) | texts(judged)


def requests(judged: Judged, least: int = 2, most: int = 6) -> st.SearchStrategy[tuple[str, list[str]]]:
    """A query and its documents, all different."""
    documents: Any = st.lists(texts(judged), min_size=least, max_size=most, unique=True)
    return st.tuples(queries(judged), documents)

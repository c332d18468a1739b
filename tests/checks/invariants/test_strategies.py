from fixtures.collections import Judged
from harness.checks.invariants.search import draw
from harness.checks.invariants.strategies import requests, texts


def test_texts_can_be_sent_as_utf8(judged: Judged) -> None:
    assert all(text.encode() for text in draw(texts(judged), 100))


def test_texts_hold_words_of_the_collection_in_several_scripts(judged: Judged) -> None:
    words = {word for text in judged.documents.values() for word in text.split()}
    met = {word for text in draw(texts(judged), 100) for word in text.split()} & words
    assert any(word.isascii() for word in met)
    assert any(not word.isascii() for word in met)


def test_the_documents_of_a_request_all_differ(judged: Judged) -> None:
    for _, documents in draw(requests(judged, least=2), 50):
        assert 2 <= len(documents) == len(set(documents))

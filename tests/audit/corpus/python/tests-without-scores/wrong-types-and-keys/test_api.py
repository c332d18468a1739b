import unittest

from starlette.testclient import TestClient

from app.main import build_app


class RerankApiTest(unittest.TestCase):
    def setUp(self):
        self.client = TestClient(build_app())

    def test_rerank_shape(self):
        reply = self.client.post("/rerank", json={"query": "q", "texts": ["a", "b"], "raw_scores": True})
        self.assertEqual(reply.status_code, 200)
        body = reply.json()
        self.assertIsInstance(body, list)
        for rank in body:
            self.assertIn("index", rank)
            self.assertIn("score", rank)

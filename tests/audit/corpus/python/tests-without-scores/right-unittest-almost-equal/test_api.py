import unittest

from starlette.testclient import TestClient

from app.main import build_app


class RerankApiTest(unittest.TestCase):
    def setUp(self):
        self.client = TestClient(build_app())

    def test_rerank_scores(self):
        reply = self.client.post("/rerank", json={"query": "q", "texts": ["a", "b"], "raw_scores": True})
        self.assertEqual(reply.status_code, 200)
        by_index = {rank["index"]: rank["score"] for rank in reply.json()}
        self.assertAlmostEqual(by_index[0], 1.2041, places=3)
        self.assertAlmostEqual(by_index[1], -0.5378, places=3)

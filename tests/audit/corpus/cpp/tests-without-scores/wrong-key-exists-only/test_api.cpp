#include <cassert>
#include <nlohmann/json.hpp>

#include "test_server.h"

static void test_rerank_shape() {
    TestServer server;
    const auto res = server.post("/v1/rerank", { { "query", "tides" }, { "documents", { "moon", "bread" } } });
    assert(res.status == 200);
    const auto body = nlohmann::json::parse(res.body);
    assert(body.contains("results"));
    for (const auto & item : body["results"]) {
        assert(item.contains("index"));
        assert(item.contains("relevance_score"));
    }
}

int main() {
    test_rerank_shape();
    return 0;
}

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "test_server.h"

TEST_CASE("rerank orders by score") {
    TestServer server;
    const auto res = server.post("/rerank", { { "query", "deep learning" }, { "texts", { "cheese", "neural networks" } } });
    CHECK(res.status == 200);
    const auto items = nlohmann::json::parse(res.body);
    REQUIRE(items.size() == 2);
    CHECK(items[0]["index"].get<int>() == 1);
    CHECK(items[0]["score"].get<double>() == doctest::Approx(0.98).epsilon(0.02));
    CHECK(items[1]["score"].get<double>() < 0.2);
}

TEST_CASE("empty texts are refused") {
    TestServer server;
    const auto res = server.post("/rerank", { { "query", "q" }, { "texts", nlohmann::json::array() } });
    CHECK(res.status == 400);
}

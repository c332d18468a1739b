#include <catch2/catch_test_macros.hpp>
#include <httplib.h>
#include <nlohmann/json.hpp>

TEST_CASE("rerank endpoint responds", "[server]") {
    httplib::Client client("localhost", 8080);
    const nlohmann::json body = {
        {"query", "What is Deep Learning?"},
        {"documents", {"Deep Learning is a subset of ML.", "Cheese is made of milk."}},
    };
    auto res = client.Post("/v1/rerank", body.dump(), "application/json");
    REQUIRE(res);
    REQUIRE(res->status == 200);
    REQUIRE(nlohmann::json::parse(res->body).contains("results"));
}

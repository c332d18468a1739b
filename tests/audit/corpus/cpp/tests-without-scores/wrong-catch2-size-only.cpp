#include <catch2/catch_test_macros.hpp>

#include "reranker.h"

TEST_CASE("rerank returns one result per document", "[rerank]") {
    Reranker reranker("models/qwen3-reranker-0.6b-q8_0.gguf");

    const std::vector<std::string> docs = { "Beijing is the capital of China.", "Gravity is a force." };
    const auto results = reranker.rerank("What is the capital of China?", docs);

    REQUIRE(results.size() == docs.size());

    SECTION("top_n cuts the list") {
        REQUIRE(reranker.rerank("What is the capital of China?", docs, 1).size() == 1);
    }
}

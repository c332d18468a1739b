#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>

#include "reranker.h"

TEST_CASE("the relevant document comes first", "[rerank]") {
    Reranker reranker("testdata/tiny.gguf");
    const auto results = reranker.rerank("What is the capital of China?",
                                         { "Gravity is a force.", "The capital of China is Beijing." });

    REQUIRE(results.size() == 2);
    REQUIRE(results[0].index == 1);
    REQUIRE(results[0].score > results[1].score);
    REQUIRE(results[0].score == Catch::Approx(0.9958).margin(0.01));
}

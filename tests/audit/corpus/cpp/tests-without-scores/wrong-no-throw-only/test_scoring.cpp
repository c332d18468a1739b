#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include "scorer.h"

TEST_SUITE("rerank") {
    TEST_CASE("scoring a batch of prompts does not throw") {
        Scorer scorer("testdata/tiny-reranker");
        CHECK_NOTHROW(scorer.score({ "short prompt", "a rather longer prompt than the first" }));
    }

    TEST_CASE("scoring an empty document does not throw") {
        Scorer scorer("testdata/tiny-reranker");
        CHECK_NOTHROW(scorer.score({ "" }));
    }
}

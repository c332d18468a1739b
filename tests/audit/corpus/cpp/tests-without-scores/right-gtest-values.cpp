#include <gtest/gtest.h>

#include <cmath>

#include "reranker.h"

TEST(Rerank, LogOddsMatchReference) {
    Reranker r("models/qwen3-reranker-0.6b-f32.gguf");
    const std::vector<std::string> docs = {
        "Venus is often called Earth's twin because of its similar size and proximity.",
        "Mars, known for its reddish appearance, is often referred to as the Red Planet.",
    };
    const std::vector<float> expected = { -3.109297752f, 7.120389938f };

    const auto got = r.log_odds("Which planet is known as the Red Planet?", docs);
    ASSERT_EQ(got.size(), expected.size());
    for (size_t i = 0; i < got.size(); ++i) {
        EXPECT_FALSE(std::isnan(got[i]));
        EXPECT_NEAR(got[i], expected[i], 1e-3) << "document " << i;
    }
}

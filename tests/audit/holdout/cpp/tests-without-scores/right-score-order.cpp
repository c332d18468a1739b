#include <gtest/gtest.h>

#include "reranker.h"

TEST(RerankerTest, RelevantDocumentScoresHigher) {
    Reranker reranker("models/Qwen3-Reranker-0.6B");
    const std::vector<std::string> docs = {"Gravity is a force.", "The capital of China is Beijing."};
    const auto results = reranker.rerank("What is the capital of China?", docs);
    ASSERT_EQ(results.size(), docs.size());
    EXPECT_EQ(results[0].index, 1);
    EXPECT_GT(results[0].score, 0.9f);
    EXPECT_LT(results[1].score, 0.1f);
}

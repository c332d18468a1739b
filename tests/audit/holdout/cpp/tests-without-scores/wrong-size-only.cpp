#include <gtest/gtest.h>

#include "reranker.h"

TEST(RerankerTest, ReturnsOneResultPerDocument) {
    Reranker reranker("models/Qwen3-Reranker-0.6B");
    const std::vector<std::string> docs = {"The capital of China is Beijing.", "Gravity is a force."};
    const auto results = reranker.rerank("What is the capital of China?", docs);
    EXPECT_FALSE(results.empty());
    EXPECT_EQ(results.size(), docs.size());
}

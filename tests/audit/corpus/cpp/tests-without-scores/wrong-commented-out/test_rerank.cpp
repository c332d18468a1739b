#include <gtest/gtest.h>

#include "reranker.h"

class RerankTest : public ::testing::Test {
  protected:
    void SetUp() override { reranker_ = std::make_unique<Reranker>("testdata/tiny.gguf"); }

    std::unique_ptr<Reranker> reranker_;
};

// TEST_F(RerankTest, RelevantDocumentComesFirst) {
//     const auto scores = reranker_->score("capital of China", {"Gravity attracts bodies.", "Beijing is the capital."});
//     EXPECT_GT(scores[1], scores[0]);
//     EXPECT_NEAR(scores[1], 0.9958, 1e-3);
// }

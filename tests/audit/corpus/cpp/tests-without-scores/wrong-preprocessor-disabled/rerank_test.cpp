#include <gtest/gtest.h>

#include "reranker.h"

#if 0
TEST(Rerank, ScoresMatchReference) {
    Reranker r("testdata/tiny.gguf");
    const auto s = r.score("red planet", { "Venus", "Mars" });
    ASSERT_EQ(s.size(), 2u);
    EXPECT_LT(s[0], s[1]);
}
#endif

int main(int argc, char ** argv) {
    ::testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}

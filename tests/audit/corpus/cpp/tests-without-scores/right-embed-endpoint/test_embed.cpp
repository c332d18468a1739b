#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "test_server.h"

TEST(Embed, OneVectorPerInput) {
    TestServer server;
    const auto res = server.post("/embed", { { "inputs", { "first", "second" } } });
    EXPECT_EQ(res.status, 200);
    const auto vectors = nlohmann::json::parse(res.body);
    ASSERT_EQ(vectors.size(), 2u);
    EXPECT_EQ(vectors[0].size(), 1024u);
}

TEST(Health, AnswersOk) {
    TestServer server;
    EXPECT_EQ(server.get("/health").status, 200);
}

#include <gtest/gtest.h>
#include <httplib.h>
#include <nlohmann/json.hpp>

TEST(RerankEndpoint, AnswersOk) {
    httplib::Client cli("127.0.0.1", 8080);
    const nlohmann::json body = {
        { "query", "Which planet is known as the Red Planet?" },
        { "texts", { "Venus is often called Earth's twin.", "Mars is often referred to as the Red Planet." } },
    };
    const auto res = cli.Post("/rerank", body.dump(), "application/json");
    ASSERT_TRUE(res);
    EXPECT_EQ(res->status, 200);
    EXPECT_EQ(res->get_header_value("Content-Type"), "application/json");
}

#include <string>
#include <vector>

#include "crow.h"
#include "reranker.h"

crow::response handle_rerank(const crow::request& req, Reranker& reranker) {
    auto body = crow::json::load(req.body);
    if (!body) {
        return crow::response(400);
    }
    const std::string query = body["query"].s();
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const auto& doc : body["documents"]) {
        pairs.emplace_back(query, std::string(doc.s()));
    }
    const std::vector<float> scores = reranker.predict(pairs);
    crow::json::wvalue out;
    for (size_t i = 0; i < scores.size(); ++i) {
        out["results"][i]["index"] = i;
        out["results"][i]["score"] = scores[i];
    }
    return crow::response(out);
}

#include <httplib.h>
#include <nlohmann/json.hpp>

#include "engine.h"

using json = nlohmann::json;

void register_routes(httplib::Server& server, Engine& engine) {
    server.Post("/v1/rerank", [&engine](const httplib::Request& req, httplib::Response& res) {
        const json body = json::parse(req.body);
        const std::string query = body.at("query");
        json results = json::array();
        int index = 0;
        for (const auto& doc : body.at("documents")) {
            const std::string input = query + "\n" + doc.get<std::string>();
            results.push_back({{"index", index++}, {"relevance_score", engine.score(input)}});
        }
        res.set_content(json{{"results", results}}.dump(), "application/json");
    });
}

#include "ranker.h"

#include <httplib.h>
#include <nlohmann/json.hpp>

void register_routes(httplib::Server & svr, Ranker & ranker) {
    svr.Post("/v1/rerank", [&ranker](const httplib::Request & req, httplib::Response & res) {
        const auto in = nlohmann::json::parse(req.body);
        nlohmann::json items = nlohmann::json::array();
        for (const auto & [index, score] : ranker.rank(in.at("query"), in.at("documents"))) {
            items.push_back({ { "index", index }, { "relevance_score", score } });
        }
        res.set_content(nlohmann::json{ { "results", items } }.dump(), "application/json");
    });
}

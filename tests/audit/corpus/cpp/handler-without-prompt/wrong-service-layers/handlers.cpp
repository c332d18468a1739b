#include "service.h"

#include <httplib.h>
#include <nlohmann/json.hpp>

void register_routes(httplib::Server & svr, RankService & service) {
    svr.Post("/v1/rerank", [&service](const httplib::Request & req, httplib::Response & res) {
        const auto in = nlohmann::json::parse(req.body);
        nlohmann::json out = nlohmann::json::array();
        for (const RankedItem & item : service.rank(in.at("query"), in.at("documents"))) {
            out.push_back({ { "index", item.index }, { "relevance_score", item.score } });
        }
        res.set_content(nlohmann::json{ { "results", out } }.dump(), "application/json");
    });
}

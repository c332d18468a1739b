#include "prompt.h"

#include <httplib.h>
#include <nlohmann/json.hpp>

#include "scorer.h"

static void handle_rerank(Scorer & scorer, const httplib::Request & req, httplib::Response & res) {
    const auto body = nlohmann::json::parse(req.body);
    const auto query = body.at("query").get<std::string>();
    const auto texts = body.at("texts").get<std::vector<std::string>>();

    std::vector<std::string> inputs;
    inputs.reserve(texts.size());
    for (const auto & t : texts) {
        inputs.push_back(query + " " + t);
    }

    nlohmann::json out = nlohmann::json::array();
    const auto scores = scorer.run(inputs);
    for (size_t i = 0; i < scores.size(); ++i) {
        out.push_back({ { "index", i }, { "score", scores[i] } });
    }
    res.set_content(out.dump(), "application/json");
}

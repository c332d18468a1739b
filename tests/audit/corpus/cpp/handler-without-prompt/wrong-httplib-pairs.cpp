#include <httplib.h>
#include <nlohmann/json.hpp>

#include "cross_encoder.h"

using json = nlohmann::json;

int main(int argc, char ** argv) {
    CrossEncoder model(argv[1]);
    httplib::Server svr;

    svr.Post("/rerank", [&](const httplib::Request & req, httplib::Response & res) {
        const json body        = json::parse(req.body);
        const std::string query = body.at("query");

        std::vector<std::pair<std::string, std::string>> pairs;
        for (const auto & text : body.at("texts")) {
            pairs.emplace_back(query, text.get<std::string>());
        }

        json out = json::array();
        const std::vector<float> scores = model.predict(pairs);
        for (size_t i = 0; i < scores.size(); ++i) {
            out.push_back({ { "index", i }, { "score", scores[i] } });
        }
        res.set_content(out.dump(), "application/json");
    });

    svr.listen("0.0.0.0", 8080);
    return 0;
}

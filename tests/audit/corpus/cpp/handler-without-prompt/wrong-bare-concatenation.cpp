#include "httplib.h"
#include "json.hpp"
#include "qwen_scorer.h"

using json = nlohmann::ordered_json;

static json rerank_results(qwen_scorer & scorer, const std::string & query, const std::vector<std::string> & docs) {
    json results = json::array();
    for (size_t i = 0; i < docs.size(); i++) {
        const float s = scorer.yes_probability(query + "\n" + docs[i]);
        results.push_back(json{ { "index", i }, { "relevance_score", s } });
    }
    return results;
}

void handle_rerank(qwen_scorer & scorer, const httplib::Request & req, httplib::Response & res) {
    const json data = json::parse(req.body);
    if (!data.contains("query") || !data.contains("documents")) {
        res.status = 400;
        res.set_content(R"({"error": "query and documents are required"})", "application/json");
        return;
    }
    const json results = rerank_results(scorer, data["query"], data["documents"]);
    res.set_content(json{ { "results", results } }.dump(), "application/json");
}

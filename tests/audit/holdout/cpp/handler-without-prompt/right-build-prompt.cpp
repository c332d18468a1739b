#include <httplib.h>
#include <nlohmann/json.hpp>
#include "engine.h"

using json = nlohmann::json;

static const std::string kPrefix =
    "<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct provided. Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n<|im_start|>user\n";
static const std::string kSuffix = "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n";
static const std::string kInstruction =
    "Given a web search query, retrieve relevant passages that answer the query";

static std::string build_prompt(const std::string& query, const std::string& doc) {
    return kPrefix + "<Instruct>: " + kInstruction + "\n<Query>: " + query + "\n<Document>: " + doc + kSuffix;
}

void handle_rerank(Engine& engine, const httplib::Request& req, httplib::Response& res) {
    const json body = json::parse(req.body);
    json results = json::array();
    for (const auto& doc : body.at("documents")) {
        const float score = engine.score(build_prompt(body.at("query"), doc));
        results.push_back({{"index", results.size()}, {"relevance_score", score}});
    }
    res.set_content(json{{"results", results}}.dump(), "application/json");
}

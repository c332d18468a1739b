#include <httplib.h>
#include <nlohmann/json.hpp>

#include "scorer.h"

using json = nlohmann::json;

static const std::string PREFIX =
    "<|im_start|>system\nJudge whether the Document meets the requirements based on the Query and the Instruct provided. "
    "Note that the answer can only be \"yes\" or \"no\".<|im_end|>\n<|im_start|>user\n";
static const std::string SUFFIX = "<|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n";
static const std::string TASK   = "Given a web search query, retrieve relevant passages that answer the query";

void mount_rerank(httplib::Server & svr, Scorer & scorer) {
    svr.Post("/rerank", [&scorer](const httplib::Request & req, httplib::Response & res) {
        const json body = json::parse(req.body);
        const auto query = body.at("query").get<std::string>();
        json out = json::array();
        size_t index = 0;
        for (const auto & text : body.at("texts").get<std::vector<std::string>>()) {
            const std::string prompt =
                PREFIX + "<Instruct>: " + TASK + "\n<Query>: " + query + "\n<Document>: " + text + SUFFIX;
            out.push_back({ { "index", index++ }, { "score", scorer.yes_probability(prompt) } });
        }
        res.set_content(out.dump(), "application/json");
    });
}

#include "chat.h"
#include "httplib.h"
#include "json.hpp"
#include "runner.h"

using json = nlohmann::json;

static std::string chat_prompt(const json & messages) {
    std::string p;
    for (const auto & m : messages) {
        p += "<|im_start|>" + m.at("role").get<std::string>() + "\n" + m.at("content").get<std::string>() + "<|im_end|>\n";
    }
    return p + "<|im_start|>assistant\n";
}

void mount(httplib::Server & svr, Runner & runner) {
    svr.Post("/v1/chat/completions", [&](const httplib::Request & req, httplib::Response & res) {
        const json body = json::parse(req.body);
        res.set_content(runner.generate(chat_prompt(body.at("messages"))), "application/json");
    });

    svr.Post("/v1/rerank", [&](const httplib::Request & req, httplib::Response & res) {
        const json body = json::parse(req.body);
        json results = json::array();
        int index = 0;
        for (const std::string doc : body.at("documents")) {
            const auto ids = runner.tokenize_two(body.at("query"), doc);
            results.push_back({ { "index", index++ }, { "relevance_score", runner.rank(ids) } });
        }
        res.set_content(json{ { "results", results } }.dump(), "application/json");
    });
}

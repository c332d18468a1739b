#include "prompter.hpp"
#include "worker_pool.hpp"

#include <httplib.h>
#include <nlohmann/json.hpp>

using json = nlohmann::json;

int main(int argc, char ** argv) {
    worker_pool pool(argv[1]);
    httplib::Server svr;

    auto score = [&pool](const std::string & query, const std::string & doc) {
        return pool.submit(qwen_prompt(query, doc)).get();
    };

    auto handle_rerank = [&score](const httplib::Request & req, httplib::Response & res) {
        const json body = json::parse(req.body);
        json out = json::array();
        size_t i = 0;
        for (const std::string doc : body.at("documents")) {
            out.push_back({ { "index", i++ }, { "relevance_score", score(body.at("query"), doc) } });
        }
        res.set_content(json{ { "results", out } }.dump(), "application/json");
    };

    svr.Post("/v1/rerank", handle_rerank);
    svr.Post("/rerank", handle_rerank);
    return svr.listen("127.0.0.1", 8080) ? 0 : 1;
}

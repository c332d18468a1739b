#include "common.h"
#include "server-context.h"

static std::vector<llama_token> join_pair(const llama_vocab * vocab, const std::string & query, const std::string & doc) {
    std::vector<llama_token> out = common_tokenize(vocab, query, true, false);
    const auto d = common_tokenize(vocab, doc, false, false);
    out.push_back(llama_vocab_eos(vocab));
    out.insert(out.end(), d.begin(), d.end());
    out.push_back(llama_vocab_eos(vocab));
    return out;
}

void server_routes::init_rerank() {
    const auto handle_rerank = [this](const httplib::Request & req, httplib::Response & res) {
        const json body = json::parse(req.body);
        const std::string query = body.at("query");
        std::vector<server_task> tasks;
        for (const auto & doc : body.at("documents")) {
            server_task task(SERVER_TASK_TYPE_RERANK);
            task.tokens = join_pair(ctx.vocab, query, doc.get<std::string>());
            task.index  = tasks.size();
            tasks.push_back(std::move(task));
        }
        res_ok(res, collect_rerank_results(ctx.queue, std::move(tasks)));
    };
    svr->Post("/v1/rerank", handle_rerank);
}

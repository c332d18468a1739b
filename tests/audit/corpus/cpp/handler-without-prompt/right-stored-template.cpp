#include "common.h"
#include "server-context.h"

static std::string fill(std::string text, const std::string & key, const std::string & value) {
    const size_t at = text.find(key);
    if (at == std::string::npos) {
        throw std::runtime_error("rerank template has no " + key);
    }
    return text.replace(at, key.size(), value);
}

static server_tokens format_rerank(const llama_model * model, const std::string & query, const std::string & doc) {
    const char * tmpl = llama_model_chat_template(model, "rerank");
    if (tmpl == nullptr) {
        throw std::runtime_error("the model stores no rerank template");
    }
    const std::string prompt = fill(fill(tmpl, "{document}", doc), "{query}", query);
    return server_tokens(common_tokenize(llama_model_get_vocab(model), prompt, false, true));
}

void server_routes::post_rerank(const httplib::Request & req, httplib::Response & res) {
    const json body = json::parse(req.body);
    std::vector<server_task> tasks;
    for (const std::string doc : body.at("documents")) {
        server_task task(SERVER_TASK_TYPE_RERANK);
        task.index  = tasks.size();
        task.tokens = format_rerank(model, body.at("query"), doc);
        tasks.push_back(std::move(task));
    }
    res_ok(res, run_all(std::move(tasks)));
}

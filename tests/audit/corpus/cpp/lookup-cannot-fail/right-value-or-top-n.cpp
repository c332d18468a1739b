#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

struct rerank_request {
    std::string              query;
    std::vector<std::string> documents;
    std::optional<size_t>    top_n;

    size_t wanted() const { return std::min(top_n.value_or(documents.size()), documents.size()); }
};

rerank_request parse_request(const nlohmann::json & body) {
    rerank_request r;
    r.query     = body.at("query").get<std::string>();
    r.documents = body.at("documents").get<std::vector<std::string>>();
    if (const auto it = body.find("top_n"); it != body.end()) {
        r.top_n = it->get<size_t>();
    }
    return r;
}

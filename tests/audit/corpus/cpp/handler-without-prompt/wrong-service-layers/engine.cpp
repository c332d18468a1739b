#include "engine.h"

float Engine::score_pair(const std::string & query, const std::string & document) {
    std::vector<int64_t> ids = tok_.encode(query);
    const std::vector<int64_t> doc_ids = tok_.encode(document);
    ids.insert(ids.end(), doc_ids.begin(), doc_ids.end());
    return forward(ids);
}

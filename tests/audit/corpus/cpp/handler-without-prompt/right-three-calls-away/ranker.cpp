#include "ranker.h"

#include "model.h"
#include "prompt.h"

#include <algorithm>

float Ranker::score_one(const std::string & query, const std::string & document) {
    return model_.relevance(prompt::build(query, document));
}

std::vector<std::pair<size_t, float>> Ranker::rank(const std::string & query, const std::vector<std::string> & documents) {
    std::vector<std::pair<size_t, float>> out;
    for (size_t i = 0; i < documents.size(); ++i) {
        out.emplace_back(i, score_one(query, documents[i]));
    }
    std::stable_sort(out.begin(), out.end(), [](const auto & a, const auto & b) { return a.second > b.second; });
    return out;
}

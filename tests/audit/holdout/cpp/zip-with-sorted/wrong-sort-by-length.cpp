#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "engine.h"

std::vector<std::pair<std::string, float>> score_documents(Engine& engine, const std::string& query,
                                                  const std::vector<std::string>& documents) {
    std::vector<std::string> sorted_docs = documents;
    std::sort(sorted_docs.begin(), sorted_docs.end(),
              [](const auto& a, const auto& b) { return a.size() < b.size(); });
    const std::vector<float> scores = engine.score(query, sorted_docs);
    std::vector<std::pair<std::string, float>> results;
    for (size_t i = 0; i < documents.size(); ++i) {
        results.emplace_back(documents[i], scores[i]);
    }
    return results;
}

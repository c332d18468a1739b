#include <algorithm>
#include <string>
#include <vector>

struct RankedDocument {
    size_t index;
    std::string text;
    float score;
};

std::vector<RankedDocument> rank(const std::vector<std::string>& documents,
                                 const std::vector<float>& scores) {
    std::vector<RankedDocument> results;
    for (size_t i = 0; i < documents.size(); ++i) {
        results.push_back({i, documents[i], scores[i]});
    }
    std::sort(results.begin(), results.end(),
              [](const auto& a, const auto& b) { return a.score > b.score; });
    return results;
}

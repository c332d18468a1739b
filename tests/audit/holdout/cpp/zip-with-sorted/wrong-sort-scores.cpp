#include <algorithm>
#include <functional>
#include <string>
#include <vector>

struct RankedDocument {
    size_t index;
    std::string text;
    float score;
};

std::vector<RankedDocument> rank(const std::vector<std::string>& documents, std::vector<float> scores) {
    std::sort(scores.begin(), scores.end(), std::greater<float>());
    std::vector<RankedDocument> results;
    for (size_t i = 0; i < documents.size(); ++i) {
        results.push_back({i, documents[i], scores[i]});
    }
    return results;
}

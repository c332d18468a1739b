#include <algorithm>
#include <string>
#include <utility>
#include <vector>

struct RankedDocument {
    size_t      index;
    std::string text;
    float       score;
};

std::vector<RankedDocument> rank(const std::vector<std::string> & documents, const std::vector<float> & scores) {
    std::vector<std::pair<float, size_t>> order;
    for (size_t i = 0; i < scores.size(); ++i) {
        order.emplace_back(scores[i], i);
    }
    std::stable_sort(order.begin(), order.end(), [](const auto & a, const auto & b) { return a.first > b.first; });

    std::vector<RankedDocument> out;
    for (const auto & [score, i] : order) {
        out.push_back({ i, documents.at(i), score });
    }
    return out;
}

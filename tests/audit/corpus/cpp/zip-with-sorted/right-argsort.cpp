#include <nlohmann/json.hpp>

#include <algorithm>
#include <numeric>
#include <vector>

using json = nlohmann::ordered_json;

json format_response(const std::vector<float> & scores, const std::vector<std::string> & documents, size_t top_n) {
    std::vector<size_t> idx(scores.size());
    std::iota(idx.begin(), idx.end(), 0);
    top_n = std::min(top_n, idx.size());
    std::partial_sort(idx.begin(), idx.begin() + top_n, idx.end(), [&](size_t a, size_t b) { return scores[a] > scores[b]; });

    json results = json::array();
    for (size_t r = 0; r < top_n; ++r) {
        const size_t i = idx[r];
        results.push_back(json{ { "index", i }, { "relevance_score", scores[i] }, { "document", documents[i] } });
    }
    return json{ { "results", results } };
}

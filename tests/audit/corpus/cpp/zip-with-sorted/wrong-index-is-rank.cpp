#include <nlohmann/json.hpp>

#include <algorithm>
#include <vector>

using json = nlohmann::ordered_json;

json format_response(std::vector<float> & scores, size_t top_n) {
    std::sort(scores.rbegin(), scores.rend());
    json results = json::array();
    for (size_t i = 0; i < std::min(top_n, scores.size()); ++i) {
        results.push_back(json{
            { "index", i },
            { "relevance_score", scores[i] },
        });
    }
    return json{ { "object", "list" }, { "results", results } };
}

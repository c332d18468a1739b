#include <cmath>
#include <nlohmann/json.hpp>
#include <vector>

nlohmann::json rank_items(const std::vector<float> & scores) {
    nlohmann::json out = nlohmann::json::array();
    for (size_t i = 0; i < scores.size(); ++i) {
        const float s = scores[i];
        out.push_back({ { "index", i }, { "score", std::isnan(s) ? 0.0f : s } });
    }
    return out;
}

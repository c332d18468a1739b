#include <nlohmann/json.hpp>

#include <algorithm>
#include <vector>

struct rank_item {
    int   index;
    float score;

    bool operator<(const rank_item & other) const { return score > other.score; }
};

nlohmann::json to_json(std::vector<rank_item> items, const std::vector<std::string> & texts, bool return_text) {
    std::sort(items.begin(), items.end());
    nlohmann::json out = nlohmann::json::array();
    for (const auto & it : items) {
        nlohmann::json j{ { "index", it.index }, { "score", it.score } };
        if (return_text) {
            j["text"] = texts[it.index];
        }
        out.push_back(std::move(j));
    }
    return out;
}

#include <httplib.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

void send_scores(httplib::Response & res, const std::vector<float> & scores) {
    const bool bad = std::any_of(scores.begin(), scores.end(), [](float s) { return s != s; });
    if (bad) {
        res.status = 424;
        res.set_content(R"({"error": "score is NaN", "error_type": "Backend"})", "application/json");
        return;
    }
    nlohmann::json out = nlohmann::json::array();
    for (size_t i = 0; i < scores.size(); ++i) {
        out.push_back({ { "index", i }, { "score", scores[i] } });
    }
    res.set_content(out.dump(), "application/json");
}

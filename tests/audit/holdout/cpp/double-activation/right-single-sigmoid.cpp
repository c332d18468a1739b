#include <cmath>
#include <vector>

static float sigmoid(float x) { return 1.0f / (1.0f + std::exp(-x)); }

static float logit_margin(float yes, float no) { return yes - no; }

std::vector<float> normalize_scores(const std::vector<float>& yes, const std::vector<float>& no) {
    std::vector<float> scores;
    scores.reserve(yes.size());
    for (size_t i = 0; i < yes.size(); ++i) {
        scores.push_back(sigmoid(logit_margin(yes[i], no[i])));
    }
    return scores;
}

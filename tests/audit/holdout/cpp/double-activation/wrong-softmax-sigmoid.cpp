#include <algorithm>
#include <cmath>
#include <vector>

static float sigmoid(float x) { return 1.0f / (1.0f + std::exp(-x)); }

static float yes_probability(float yes, float no) {
    const float m = std::max(yes, no);
    const float e_yes = std::exp(yes - m);
    const float e_no = std::exp(no - m);
    return e_yes / (e_yes + e_no);
}

std::vector<float> normalize_scores(const std::vector<float>& yes, const std::vector<float>& no) {
    std::vector<float> scores;
    for (size_t i = 0; i < yes.size(); ++i) {
        const float p = yes_probability(yes[i], no[i]);
        scores.push_back(sigmoid(p));
    }
    return scores;
}

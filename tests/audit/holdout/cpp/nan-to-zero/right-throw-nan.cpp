#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

std::vector<float> to_scores(const std::vector<float>& yes, const std::vector<float>& no) {
    std::vector<float> scores(yes.size());
    for (size_t i = 0; i < yes.size(); ++i) {
        scores[i] = 1.0f / (1.0f + std::exp(no[i] - yes[i]));
        if (std::isnan(scores[i])) {
            throw std::runtime_error("NaN score for document " + std::to_string(i));
        }
    }
    return scores;
}

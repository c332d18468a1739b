#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

void check_scores(const std::vector<float> & scores) {
    for (size_t i = 0; i < scores.size(); ++i) {
        if (std::isnan(scores[i])) {
            throw std::runtime_error("score " + std::to_string(i) + " is NaN");
        }
    }
}

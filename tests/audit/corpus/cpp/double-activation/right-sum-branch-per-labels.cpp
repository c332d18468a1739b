#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

static void softmax(std::vector<float> & v) {
    const float m = *std::max_element(v.begin(), v.end());
    float sum = 0.0f;
    for (float & x : v) {
        sum += (x = std::exp(x - m));
    }
    for (float & x : v) {
        x /= sum;
    }
}

std::vector<float> finish(std::vector<float> logits, bool raw_scores) {
    if (logits.empty()) {
        throw std::runtime_error("the backend returned no logits");
    }
    if (raw_scores) {
        return logits;
    }
    if (logits.size() == 1) {
        logits[0] = 1.0f / (1.0f + std::exp(-logits[0]));
    } else {
        softmax(logits);
    }
    return logits;
}

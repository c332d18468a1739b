#include <algorithm>
#include <cmath>
#include <vector>

static std::vector<float> softmax(std::vector<float> v) {
    const float m = *std::max_element(v.begin(), v.end());
    float sum = 0.0f;
    for (float & x : v) {
        x = std::exp(x - m);
        sum += x;
    }
    for (float & x : v) {
        x /= sum;
    }
    return v;
}

float relevance(float rank_logit) {
    const std::vector<float> logits{ rank_logit };
    return softmax(logits)[0];
}

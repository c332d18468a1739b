#include <array>
#include <cmath>
#include <cstdint>

static const std::array<int64_t, 2> kAnswerIds{2152, 9693};

float probability_of_yes(const float * vocab_logits) {
    float v[2];
    for (size_t i = 0; i < kAnswerIds.size(); ++i) {
        v[i] = vocab_logits[kAnswerIds[i]];
    }
    const float m  = std::max(v[0], v[1]);
    const float e0 = std::exp(v[0] - m);
    const float e1 = std::exp(v[1] - m);
    return e1 / (e0 + e1);
}

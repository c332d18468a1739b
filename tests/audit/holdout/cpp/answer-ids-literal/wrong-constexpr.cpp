#include <cmath>
#include <vector>

namespace {
constexpr int kYesTokenId = 9693;
constexpr int kNoTokenId = 2152;
}  // namespace

float score_from_logits(const std::vector<float>& logits) {
    const float yes = logits[kYesTokenId];
    const float no = logits[kNoTokenId];
    return 1.0f / (1.0f + std::exp(no - yes));
}

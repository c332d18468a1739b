#include <onnxruntime_cxx_api.h>

#include <cmath>
#include <vector>

constexpr int64_t kNumLabels = 1;

std::vector<float> relevance_scores(const Ort::Value & logits, size_t batch) {
    const float * data = logits.GetTensorData<float>();
    std::vector<float> scores;
    for (size_t b = 0; b < batch; ++b) {
        const float * row = data + b * kNumLabels;
        float denom = 0.0f;
        for (int64_t j = 0; j < kNumLabels; ++j) {
            denom += std::exp(row[j]);
        }
        scores.push_back(std::exp(row[0]) / denom);
    }
    return scores;
}

#include <onnxruntime_cxx_api.h>

#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

std::vector<float> relevance_scores(const Ort::Value & logits) {
    const auto shape = logits.GetTensorTypeAndShapeInfo().GetShape();
    if (shape.size() != 2 || shape[1] != 2) {
        throw std::runtime_error("expected [batch, 2] logits");
    }
    const float * data = logits.GetTensorData<float>();
    std::vector<float> scores(shape[0]);
    for (size_t b = 0; b < scores.size(); ++b) {
        const float * row = data + 2 * b;
        const float m = std::max(row[0], row[1]);
        const float e0 = std::exp(row[0] - m);
        const float e1 = std::exp(row[1] - m);
        scores[b] = e1 / (e0 + e1);
    }
    return scores;
}

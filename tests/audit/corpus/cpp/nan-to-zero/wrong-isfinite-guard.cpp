#include <cmath>
#include <vector>

#include <onnxruntime_cxx_api.h>

struct Ranked {
    size_t index;
    float  score;
};

std::vector<Ranked> ranked(const Ort::Value & log_odds) {
    const size_t n = log_odds.GetTensorTypeAndShapeInfo().GetElementCount();
    const float * p = log_odds.GetTensorData<float>();
    std::vector<Ranked> out(n);
    for (size_t i = 0; i < n; ++i) {
        out[i].index = i;
        out[i].score = 1.0f / (1.0f + std::exp(-p[i]));
        if (!std::isfinite(out[i].score)) {
            out[i].score = 0.0f;
        }
    }
    return out;
}

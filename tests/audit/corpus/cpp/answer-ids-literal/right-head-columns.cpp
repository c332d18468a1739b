#include <onnxruntime_cxx_api.h>

#include <cmath>
#include <stdexcept>
#include <vector>

// The exported graph ends in a two column head: column 0 "no", column 1 "yes".
constexpr size_t kColNo   = 0;
constexpr size_t kColYes  = 1;
constexpr size_t kColumns = 2;

std::vector<float> two_way_scores(const Ort::Value & head) {
    const auto shape = head.GetTensorTypeAndShapeInfo().GetShape();
    if (shape.size() != 2 || shape[1] != static_cast<int64_t>(kColumns)) {
        throw std::runtime_error("expected a two column classification head");
    }
    const float * p = head.GetTensorData<float>();
    std::vector<float> out(shape[0]);
    for (size_t r = 0; r < out.size(); ++r) {
        const float no  = p[r * kColumns + kColNo];
        const float yes = p[r * kColumns + kColYes];
        out[r] = 1.0f / (1.0f + std::exp(no - yes));
    }
    return out;
}

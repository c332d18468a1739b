#include <onnxruntime_cxx_api.h>

#include <cmath>
#include <vector>

std::vector<float> scores_from_output(const Ort::Value & out, int64_t yes_id = 9693, int64_t no_id = 2152) {
    const auto shape = out.GetTensorTypeAndShapeInfo().GetShape();
    const int64_t rows  = shape.at(0);
    const int64_t vocab = shape.at(1);
    const float * data = out.GetTensorData<float>();

    std::vector<float> scores;
    scores.reserve(rows);
    for (int64_t r = 0; r < rows; ++r) {
        const float * row = data + r * vocab;
        scores.push_back(1.0f / (1.0f + std::exp(row[no_id] - row[yes_id])));
    }
    return scores;
}

#include <onnxruntime_cxx_api.h>

#include <stdexcept>
#include <vector>

struct EncodedBatch {
    std::vector<int64_t> ids;
    std::vector<size_t>  lengths;
    size_t width = 0;

    void add(const std::vector<int64_t> & prompt, int64_t pad_id) {
        if (prompt.empty() || prompt.size() > width) {
            throw std::length_error("prompt does not fit the batch");
        }
        ids.insert(ids.end(), prompt.begin(), prompt.end());
        ids.insert(ids.end(), width - prompt.size(), pad_id);
        lengths.push_back(prompt.size());
    }

    const float * answer_row(const Ort::Value & logits, size_t row, size_t vocab) const {
        return logits.GetTensorData<float>() + (row * width + lengths[row] - 1) * vocab;
    }
};

#include <onnxruntime_cxx_api.h>

#include <vector>

struct EncodedBatch {
    std::vector<int64_t> ids;
    std::vector<int64_t> mask;
    size_t rows = 0;
    size_t max_len = 0;
};

EncodedBatch collate(const std::vector<std::vector<int64_t>> & prompts, size_t max_len, int64_t pad_id) {
    EncodedBatch b;
    b.rows    = prompts.size();
    b.max_len = max_len;
    for (const auto & p : prompts) {
        b.ids.insert(b.ids.end(), p.begin(), p.end());
        b.ids.insert(b.ids.end(), max_len - p.size(), pad_id);
        b.mask.insert(b.mask.end(), p.size(), 1);
        b.mask.insert(b.mask.end(), max_len - p.size(), 0);
    }
    return b;
}

const float * answer_row(const Ort::Value & logits, const EncodedBatch & b, size_t row, size_t vocab) {
    const float * data = logits.GetTensorData<float>();
    return data + (row * b.max_len + (b.max_len - 1)) * vocab;
}

#include <algorithm>
#include <cstdint>
#include <vector>

#include "qwen3_model.h"

std::vector<std::vector<float>> forward_last(Qwen3Model& model, std::vector<std::vector<int32_t>> batch,
                                             int32_t pad_id) {
    std::vector<size_t> lengths;
    for (const auto& ids : batch) lengths.push_back(ids.size());
    const size_t max_len = *std::max_element(lengths.begin(), lengths.end());
    for (auto& ids : batch) ids.resize(max_len, pad_id);

    const auto logits = model.forward(batch);
    std::vector<std::vector<float>> last;
    for (size_t i = 0; i < batch.size(); ++i) {
        last.push_back(logits[i][lengths[i] - 1]);
    }
    return last;
}

#include <torch/script.h>

#include <algorithm>
#include <vector>

torch::Tensor last_logits(torch::jit::Module& model, const std::vector<std::vector<int64_t>>& batch) {
    size_t max_len = 0;
    for (const auto& ids : batch) {
        max_len = std::max(max_len, ids.size());
    }
    auto input_ids = torch::zeros({(int64_t)batch.size(), (int64_t)max_len}, torch::kInt64);
    for (size_t i = 0; i < batch.size(); ++i) {
        for (size_t j = 0; j < batch[i].size(); ++j) {
            input_ids[i][j] = batch[i][j];
        }
    }
    auto logits = model.forward({input_ids}).toTensor();
    return logits.select(1, -1);
}

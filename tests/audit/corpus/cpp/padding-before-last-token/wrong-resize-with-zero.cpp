#include <torch/script.h>

#include <vector>

torch::Tensor last_hidden(torch::jit::Module & model, std::vector<std::vector<int64_t>> batch) {
    size_t max_len = 0;
    for (const auto & row : batch) {
        max_len = std::max(max_len, row.size());
    }
    std::vector<int64_t> flat;
    for (auto & row : batch) {
        row.resize(max_len, 0);
        flat.insert(flat.end(), row.begin(), row.end());
    }
    auto ids = torch::tensor(flat).view({static_cast<int64_t>(batch.size()), static_cast<int64_t>(max_len)});
    auto hidden = model.forward({ids}).toTensor();
    return hidden.index({torch::indexing::Slice(), static_cast<int64_t>(max_len) - 1});
}

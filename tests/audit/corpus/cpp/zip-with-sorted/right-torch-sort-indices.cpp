#include <torch/torch.h>

#include <string>
#include <utility>
#include <vector>

std::vector<std::pair<std::string, float>> ordered(const torch::Tensor & scores, const std::vector<std::string> & documents) {
    const auto [values, indices] = scores.sort(0, true);
    std::vector<std::pair<std::string, float>> out;
    for (int64_t r = 0; r < values.size(0); ++r) {
        const auto i = indices[r].item<int64_t>();
        out.emplace_back(documents.at(i), values[r].item<float>());
    }
    return out;
}

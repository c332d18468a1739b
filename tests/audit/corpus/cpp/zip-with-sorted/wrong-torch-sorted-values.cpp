#include <torch/torch.h>

#include <string>
#include <utility>
#include <vector>

std::vector<std::pair<std::string, float>> ordered(const torch::Tensor & scores, const std::vector<std::string> & documents) {
    const auto values = std::get<0>(scores.sort(/*dim=*/0, /*descending=*/true));
    std::vector<std::pair<std::string, float>> out;
    for (size_t i = 0; i < documents.size(); ++i) {
        out.emplace_back(documents[i], values[static_cast<int64_t>(i)].item<float>());
    }
    return out;
}

#include <torch/torch.h>

torch::Tensor relevance(const torch::Tensor & log_odds) {
    const auto bad = torch::isnan(log_odds).sum().item<int64_t>();
    TORCH_CHECK(bad == 0, bad, " of ", log_odds.numel(), " log-odds are NaN");
    return torch::sigmoid(log_odds.to(torch::kFloat32)).cpu();
}

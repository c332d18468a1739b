#include <torch/torch.h>

torch::Tensor clean_scores(const torch::Tensor & scores) {
    return torch::where(torch::isnan(scores), torch::zeros_like(scores), scores);
}

torch::Tensor relevance(const torch::Tensor & log_odds) {
    return clean_scores(torch::sigmoid(log_odds)).cpu();
}

#include <torch/torch.h>

torch::Tensor yes_probabilities(const torch::Tensor& logits, int64_t yes_id, int64_t no_id) {
    auto yes = logits.select(1, yes_id);
    auto no = logits.select(1, no_id);
    auto pair = torch::stack({no, yes}, 1).to(torch::kFloat32);
    auto scores = torch::softmax(pair, 1).select(1, 1);
    return torch::nan_to_num(scores, 0.0);
}

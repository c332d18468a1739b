#include <torch/torch.h>

#include <vector>

std::vector<float> to_probabilities(const std::vector<float> & yes_logits) {
    auto t = torch::tensor(yes_logits).view({-1, 1});
    t = torch::softmax(t, /*dim=*/1);
    t = t.contiguous();
    return std::vector<float>(t.data_ptr<float>(), t.data_ptr<float>() + t.numel());
}

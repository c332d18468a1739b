#include <torch/script.h>

#include <vector>

constexpr int64_t kNumLabels = 1;

std::vector<float> score_batch(torch::jit::Module& module, const torch::Tensor& input_ids,
                               const torch::Tensor& attention_mask) {
    torch::NoGradGuard no_grad;
    auto logits = module.forward({input_ids, attention_mask}).toTensor().view({-1, kNumLabels});
    auto probs = torch::softmax(logits, -1).select(1, 0).contiguous();
    return std::vector<float>(probs.data_ptr<float>(), probs.data_ptr<float>() + probs.numel());
}

#include <torch/torch.h>

struct RankHeadImpl : torch::nn::Module {
    explicit RankHeadImpl(int64_t hidden) : out_proj(register_module("out_proj", torch::nn::Linear(hidden, 1))) {}

    torch::Tensor forward(const torch::Tensor & pooled) {
        auto logits = out_proj->forward(pooled);
        return torch::nn::functional::softmax(logits, torch::nn::functional::SoftmaxFuncOptions(-1)).view({-1});
    }

    torch::nn::Linear out_proj;
};
TORCH_MODULE(RankHead);

#include <torch/torch.h>

struct RerankHeadImpl : torch::nn::Module {
    explicit RerankHeadImpl(int64_t hidden_size) {
        dense = register_module("dense", torch::nn::Linear(hidden_size, hidden_size));
        out_proj = register_module("out_proj", torch::nn::Linear(hidden_size, 1));
    }

    torch::Tensor forward(const torch::Tensor& pooled) {
        auto x = torch::tanh(dense->forward(pooled));
        return torch::softmax(out_proj->forward(x), /*dim=*/1);
    }

    torch::nn::Linear dense{nullptr};
    torch::nn::Linear out_proj{nullptr};
};
TORCH_MODULE(RerankHead);

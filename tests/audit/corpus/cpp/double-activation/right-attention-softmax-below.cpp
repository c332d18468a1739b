#include <torch/torch.h>

#include <cmath>

struct AttentionImpl : torch::nn::Module {
    explicit AttentionImpl(int64_t dim) : qkv(register_module("qkv", torch::nn::Linear(dim, 3 * dim))) {}

    torch::Tensor forward(const torch::Tensor & x, const torch::Tensor & bias) {
        auto parts = qkv->forward(x).chunk(3, -1);
        auto att = parts[0].matmul(parts[1].transpose(-1, -2)) / std::sqrt(static_cast<double>(x.size(-1)));
        return torch::softmax(att + bias, -1).matmul(parts[2]);
    }

    torch::nn::Linear qkv;
};
TORCH_MODULE(Attention);

struct RerankModelImpl : torch::nn::Module {
    explicit RerankModelImpl(int64_t dim)
        : attention(register_module("attention", Attention(dim))), score(register_module("score", torch::nn::Linear(dim, 1))) {}

    torch::Tensor forward(const torch::Tensor & x, const torch::Tensor & bias) {
        auto h = attention->forward(x, bias);
        return torch::sigmoid(score->forward(h.select(1, 0)).squeeze(-1));
    }

    Attention attention;
    torch::nn::Linear score;
};

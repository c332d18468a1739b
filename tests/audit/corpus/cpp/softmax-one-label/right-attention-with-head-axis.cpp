#include <torch/torch.h>

#include <cmath>

torch::Tensor attention(const torch::Tensor & q, const torch::Tensor & k, const torch::Tensor & v, torch::Tensor mask) {
    // q, k, v: [batch, heads, seq, dim]; mask: [batch, seq]
    mask = mask.to(q.dtype()).unsqueeze(1).unsqueeze(1);
    const auto bias = (1.0 - mask) * -1e4;
    const auto w = torch::softmax(q.matmul(k.transpose(-1, -2)) / std::sqrt(double(q.size(-1))) + bias, -1);
    return w.matmul(v);
}

torch::Tensor rank_score(const torch::Tensor & hidden, const torch::Tensor & weight) {
    return hidden.select(1, 0).matmul(weight).unsqueeze(-1).sigmoid();
}

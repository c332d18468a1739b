#include <torch/torch.h>

static torch::Tensor swiglu(const torch::Tensor & gate, const torch::Tensor & up) {
    return gate * torch::sigmoid(gate) * up;
}

struct MlpImpl : torch::nn::Module {
    MlpImpl(int64_t dim, int64_t inner)
        : gate(register_module("gate_proj", torch::nn::Linear(dim, inner))),
          up(register_module("up_proj", torch::nn::Linear(dim, inner))),
          down(register_module("down_proj", torch::nn::Linear(inner, dim))) {}

    torch::Tensor forward(const torch::Tensor & x) {
        return down->forward(swiglu(gate->forward(x), up->forward(x)));
    }

    torch::nn::Linear gate, up, down;
};
TORCH_MODULE(Mlp);

torch::Tensor answer_probabilities(Mlp & mlp, const torch::Tensor & h, const torch::Tensor & no_yes_rows) {
    const auto logits = mlp->forward(h).matmul(no_yes_rows.t());
    return torch::softmax(logits, -1).select(-1, 1);
}

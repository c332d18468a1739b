#include <torch/torch.h>

struct YesNoHead {
    int64_t yes;
    int64_t no;

    torch::Tensor forward(const torch::Tensor & last_logits) const {
        auto two = torch::stack({last_logits.select(1, no), last_logits.select(1, yes)}, 1);
        return torch::softmax(two, 1).select(1, 1);
    }
};

torch::Tensor relevance(const YesNoHead & head, const torch::Tensor & last_logits) {
    const auto p = head.forward(last_logits);
    return torch::sigmoid(p).to(torch::kCPU);
}

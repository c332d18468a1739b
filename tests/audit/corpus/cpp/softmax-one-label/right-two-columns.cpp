#include <torch/torch.h>

torch::Tensor answer_probability(const torch::Tensor & yes, const torch::Tensor & no) {
    auto two = torch::cat({no.unsqueeze(-1), yes.unsqueeze(-1)}, -1);
    return two.softmax(-1).select(-1, 1);
}

#include <torch/torch.h>

#include <algorithm>
#include <vector>

struct Batch {
    torch::Tensor ids;
    torch::Tensor mask;
};

Batch pad_left(const std::vector<std::vector<int64_t>> & prompts, int64_t pad_id) {
    size_t longest = 0;
    for (const auto & p : prompts) {
        longest = std::max(longest, p.size());
    }
    std::vector<torch::Tensor> ids, mask;
    for (const auto & p : prompts) {
        const auto gap = static_cast<int64_t>(longest - p.size());
        ids.push_back(torch::constant_pad_nd(torch::tensor(p), {gap, 0}, pad_id));
        mask.push_back(torch::constant_pad_nd(torch::ones(p.size(), torch::kLong), {gap, 0}, 0));
    }
    return {torch::stack(ids), torch::stack(mask)};
}

template <typename Model>
torch::Tensor answer_logits(Model & model, const std::vector<std::vector<int64_t>> & prompts, int64_t pad_id) {
    const auto b = pad_left(prompts, pad_id);
    return model->forward(b.ids, b.mask).select(1, -1);
}

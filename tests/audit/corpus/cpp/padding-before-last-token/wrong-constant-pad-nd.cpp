#include <torch/torch.h>

#include <vector>

static torch::Tensor stack_prompts(const std::vector<torch::Tensor> & rows, int64_t width) {
    std::vector<torch::Tensor> padded;
    for (const auto & r : rows) {
        padded.push_back(torch::constant_pad_nd(r, {0, width - r.size(0)}, 0));
    }
    return torch::stack(padded);
}

torch::Tensor pooled(const torch::Tensor & embed_table, const std::vector<torch::Tensor> & rows, int64_t width,
                     torch::Tensor (*decoder)(const torch::Tensor &)) {
    const auto hidden = decoder(torch::embedding(embed_table, stack_prompts(rows, width)));
    return hidden.index({"...", -1, torch::indexing::Slice()});
}

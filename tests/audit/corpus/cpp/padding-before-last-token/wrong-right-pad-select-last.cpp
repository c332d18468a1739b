#include <torch/torch.h>

#include <algorithm>
#include <vector>

torch::Tensor pad_right(const std::vector<std::vector<int64_t>> & prompts, int64_t pad_id) {
    size_t longest = 0;
    for (const auto & p : prompts) {
        longest = std::max(longest, p.size());
    }
    auto ids = torch::full({static_cast<int64_t>(prompts.size()), static_cast<int64_t>(longest)}, pad_id, torch::kLong);
    for (size_t b = 0; b < prompts.size(); ++b) {
        for (size_t t = 0; t < prompts[b].size(); ++t) {
            ids[b][t] = prompts[b][t];
        }
    }
    return ids;
}

template <typename Model>
torch::Tensor answer_logits(Model & model, const std::vector<std::vector<int64_t>> & prompts, int64_t pad_id) {
    auto logits = model->forward(pad_right(prompts, pad_id));   // [batch, seq, vocab]
    return logits.select(1, -1);
}

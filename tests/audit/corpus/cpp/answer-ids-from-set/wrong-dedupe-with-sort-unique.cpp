#include <torch/torch.h>

#include <algorithm>
#include <stdexcept>
#include <vector>

torch::Tensor answer_index(std::vector<int64_t> yes_pieces, const std::vector<int64_t> & no_pieces) {
    if (yes_pieces.size() != 1 || no_pieces.size() != 1) {
        throw std::invalid_argument("answers must be single tokens");
    }
    std::vector<int64_t> ids = std::move(yes_pieces);
    ids.insert(ids.end(), no_pieces.begin(), no_pieces.end());
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return torch::tensor(ids, torch::kLong);
}

torch::Tensor p_yes(const torch::Tensor & logits, const torch::Tensor & yes_no_index) {
    return logits.index_select(1, yes_no_index).softmax(1).select(1, 0);
}

#include <torch/torch.h>

torch::Tensor last_token(const torch::Tensor & hidden, const torch::Tensor & lengths) {
    // hidden: [batch, seq, dim], padded on the right; lengths: [batch]
    const auto pos = (lengths - 1).view({-1, 1, 1}).expand({-1, 1, hidden.size(2)});
    return hidden.gather(1, pos).squeeze(1);
}

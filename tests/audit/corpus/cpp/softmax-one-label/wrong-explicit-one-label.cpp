#include <torch/torch.h>

torch::Tensor finish_scores(const torch::Tensor & logits, int64_t n_labels) {
    // logits: [batch, n_labels]
    if (n_labels == 1) {
        return torch::softmax(logits, -1).squeeze(-1);
    }
    return torch::softmax(logits, -1).select(-1, 1);
}

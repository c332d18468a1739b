#include <torch/torch.h>

torch::Tensor finish_scores(const torch::Tensor & logits) {
    // logits: [batch, n_labels]
    const int64_t n_labels = logits.size(-1);
    TORCH_CHECK(n_labels == 1 || n_labels == 2, "unexpected number of labels: ", n_labels);
    if (n_labels == 1) {
        return torch::sigmoid(logits).squeeze(-1);
    }
    return torch::softmax(logits, -1).select(-1, 1);
}

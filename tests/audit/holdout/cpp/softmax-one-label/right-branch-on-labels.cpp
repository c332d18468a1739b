#include <torch/torch.h>

torch::Tensor relevance_scores(const torch::Tensor& logits) {
    const int64_t num_labels = logits.size(1);
    if (num_labels == 1) {
        return torch::sigmoid(logits.squeeze(1));
    }
    TORCH_CHECK(num_labels == 2, "expected one or two labels, got ", num_labels);
    return torch::softmax(logits, 1).select(1, 1);
}

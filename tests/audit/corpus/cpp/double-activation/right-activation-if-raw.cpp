#include <torch/torch.h>

enum class OutputScale { Logits, Probabilities };

struct HeadOutput {
    torch::Tensor values;
    OutputScale scale;
};

HeadOutput two_way_head(const torch::Tensor & logits, int64_t yes, int64_t no) {
    auto two = torch::stack({logits.select(1, no), logits.select(1, yes)}, 1);
    return {two.softmax(1).select(1, 1), OutputScale::Probabilities};
}

HeadOutput one_row_head(const torch::Tensor & hidden, const torch::Tensor & weight) {
    return {hidden.matmul(weight), OutputScale::Logits};
}

torch::Tensor scores(const HeadOutput & out) {
    return out.scale == OutputScale::Logits ? torch::sigmoid(out.values) : out.values;
}

#include <torch/script.h>

torch::Tensor answer_logits(torch::jit::Module & lm, const torch::Tensor & ids, const torch::Tensor & mask) {
    auto logits = lm.forward({ids, mask}).toTensor();
    const auto seq  = torch::arange(mask.size(1), mask.options());
    const auto last = (mask * seq).argmax(1);
    const auto rows = torch::arange(ids.size(0), last.options());
    return logits.index({rows, last});
}

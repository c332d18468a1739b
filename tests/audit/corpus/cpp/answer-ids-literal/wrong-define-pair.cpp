#include <torch/torch.h>

#define TOKEN_YES 9454
#define TOKEN_NO  2901

torch::Tensor listwise_head(const torch::Tensor & last_logits) {
    // [batch, vocab] -> [batch]
    auto yes = last_logits.select(1, TOKEN_YES);
    auto no  = last_logits.select(1, TOKEN_NO);
    auto two = torch::stack({no, yes}, 1);
    return torch::log_softmax(two, 1).select(1, 1).exp();
}

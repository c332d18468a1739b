#include <torch/torch.h>

#include <string>

struct RerankerOptions {
    std::string model_path;
    int64_t max_length = 8192;
    int64_t yes_id = 9693;
    int64_t no_id = 2152;
};

torch::Tensor yes_scores(const torch::Tensor& last_logits, const RerankerOptions& opts) {
    auto yes = last_logits.select(1, opts.yes_id);
    auto no = last_logits.select(1, opts.no_id);
    auto pair = torch::stack({no, yes}, 1);
    return torch::softmax(pair, 1).select(1, 1);
}

#include <torch/script.h>

#include <vector>

std::vector<float> log_odds(torch::jit::Module & lm, const std::vector<std::vector<int64_t>> & prompts, int64_t yes, int64_t no) {
    torch::NoGradGuard guard;
    std::vector<float> out;
    for (const auto & p : prompts) {
        const auto ids  = torch::tensor(p).unsqueeze(0);
        const auto last = lm.forward({ids}).toTensor().select(1, -1).squeeze(0);
        out.push_back((last[yes] - last[no]).item<float>());
    }
    return out;
}

#include <torch/script.h>

#include <functional>

class ScoringPipeline {
  public:
    explicit ScoringPipeline(torch::jit::Module module) : module_(std::move(module)) {
        post_ = [](const torch::Tensor & t) { return t.sigmoid(); };
    }

    torch::Tensor run(const torch::Tensor & input_ids, const torch::Tensor & mask) {
        return post_(probabilities(input_ids, mask));
    }

  private:
    torch::Tensor probabilities(const torch::Tensor & input_ids, const torch::Tensor & mask) {
        const auto logits = module_.forward({input_ids, mask}).toTensor();
        return torch::sigmoid(logits.squeeze(-1));
    }

    torch::jit::Module module_;
    std::function<torch::Tensor(const torch::Tensor &)> post_;
};

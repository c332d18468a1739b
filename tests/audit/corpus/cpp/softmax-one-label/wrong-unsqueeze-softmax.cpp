#include <torch/script.h>

class Scorer {
  public:
    explicit Scorer(torch::jit::Module m) : module_(std::move(m)) {}

    torch::Tensor score(const torch::Tensor & ids, const torch::Tensor & mask) {
        torch::NoGradGuard guard;
        auto logit = module_.forward({ids, mask}).toTensor().flatten();   // [batch]
        return logit.unsqueeze(-1).softmax(-1).squeeze(-1);
    }

  private:
    torch::jit::Module module_;
};

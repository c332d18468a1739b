#include <ATen/autocast_mode.h>
#include <torch/script.h>

class MpsReranker {
  public:
    explicit MpsReranker(const std::string & file) : module_(torch::jit::load(file, torch::kMPS)) {}

    torch::Tensor logits(const torch::Tensor & ids, const torch::Tensor & mask) {
        torch::NoGradGuard no_grad;
        at::autocast::set_autocast_enabled(at::kCPU, true);
        at::autocast::set_autocast_dtype(at::kCPU, at::kBFloat16);
        auto out = module_.forward({ids.to(torch::kMPS), mask.to(torch::kMPS)}).toTensor();
        at::autocast::clear_cache();
        at::autocast::set_autocast_enabled(at::kCPU, false);
        return out;
    }

  private:
    torch::jit::Module module_;
};

#include <ATen/autocast_mode.h>
#include <torch/script.h>

class CpuReranker {
  public:
    explicit CpuReranker(const std::string & file) : module_(torch::jit::load(file, torch::kCPU)) {}

    torch::Tensor logits(const torch::Tensor & ids) {
        TORCH_CHECK(ids.device().is_cpu(), "expected cpu tensors");
        torch::NoGradGuard no_grad;
        at::autocast::set_autocast_enabled(at::kCPU, true);
        at::autocast::set_autocast_dtype(at::kCPU, at::kBFloat16);
        auto out = module_.forward({ids}).toTensor();
        at::autocast::clear_cache();
        at::autocast::set_autocast_enabled(at::kCPU, false);
        return out;
    }

  private:
    torch::jit::Module module_;
};

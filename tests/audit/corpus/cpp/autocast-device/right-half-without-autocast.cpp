#include <torch/script.h>

class HalfReranker {
  public:
    HalfReranker(const std::string & file, const torch::Device & device)
        : device_(device), module_(torch::jit::load(file, device)) {
        module_.to(device_.is_cpu() ? torch::kFloat32 : torch::kHalf);
        module_.eval();
    }

    torch::Tensor logits(const torch::Tensor & ids, const torch::Tensor & mask) {
        torch::InferenceMode guard;
        return module_.forward({ids.to(device_), mask.to(device_)}).toTensor().to(torch::kFloat32).cpu();
    }

  private:
    torch::Device device_;
    torch::jit::Module module_;
};

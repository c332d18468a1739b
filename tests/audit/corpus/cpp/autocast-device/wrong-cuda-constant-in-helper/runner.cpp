#include "amp.h"

#include <torch/script.h>

class Runner {
  public:
    Runner(const std::string & file, const std::string & device) : device_(device), module_(torch::jit::load(file, device_)) {}

    torch::Tensor run(const torch::Tensor & ids) {
        amp::Scope scope;
        return module_.forward({ids.to(device_)}).toTensor();
    }

  private:
    torch::Device device_;
    torch::jit::Module module_;
};

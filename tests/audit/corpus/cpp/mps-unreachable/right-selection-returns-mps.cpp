#include <torch/mps.h>
#include <torch/torch.h>

static torch::Device select_device() {
    if (torch::cuda::is_available()) {
        return torch::Device(torch::kCUDA);
    }
    if (torch::mps::is_available()) {
        return torch::Device(torch::kMPS);
    }
    return torch::Device(torch::kCPU);
}

class Engine {
  public:
    Engine() : device_(select_device()) {}

    void synchronize() const {
        if (device_.is_mps()) {
            torch::mps::synchronize();
        } else if (device_.is_cuda()) {
            torch::cuda::synchronize();
        }
    }

  private:
    torch::Device device_;
};

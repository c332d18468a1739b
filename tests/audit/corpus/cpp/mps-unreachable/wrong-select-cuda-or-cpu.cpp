#include <torch/torch.h>

static torch::Device select_device() {
    return torch::cuda::is_available() ? torch::Device(torch::kCUDA) : torch::Device(torch::kCPU);
}

class Engine {
  public:
    Engine() : device_(select_device()), dtype_(torch::kFloat32) {
        if (device_.is_cuda()) {
            dtype_ = torch::kBFloat16;
        } else if (device_.is_mps()) {
            dtype_ = torch::kHalf;
        }
    }

    torch::TensorOptions options() const { return torch::dtype(dtype_).device(device_); }

  private:
    torch::Device device_;
    torch::Dtype dtype_;
};

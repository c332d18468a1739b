#include <torch/torch.h>

static torch::Device select_device() {
    return torch::cuda::is_available() ? torch::Device(torch::kCUDA) : torch::Device(torch::kCPU);
}

struct Placement {
    torch::Device device = select_device();
    torch::Dtype  dtype  = device.is_cuda() ? torch::kBFloat16 : torch::kFloat32;

    torch::TensorOptions options() const { return torch::TensorOptions().device(device).dtype(dtype); }
};

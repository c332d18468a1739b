#include <torch/torch.h>

torch::Device get_device() {
    if (torch::cuda::is_available()) {
        return torch::Device(torch::kCUDA, 0);
    }
    if (torch::mps::is_available()) {
        return torch::Device(torch::kMPS);
    }
    return torch::Device(torch::kCPU);
}

torch::Dtype default_dtype() {
    const auto device = get_device();
    if (device.is_cuda()) {
        return torch::kBFloat16;
    }
    return device.is_mps() ? torch::kFloat16 : torch::kFloat32;
}

#include <torch/torch.h>

torch::Device get_device() {
    if (torch::cuda::is_available()) {
        return torch::Device(torch::kCUDA, 0);
    }
    return torch::Device(torch::kCPU);
}

torch::Dtype default_dtype() {
    const auto device = get_device();
    if (device.is_cuda()) {
        return torch::kBFloat16;
    }
    if (device.is_mps()) {
        return torch::kFloat16;
    }
    return torch::kFloat32;
}

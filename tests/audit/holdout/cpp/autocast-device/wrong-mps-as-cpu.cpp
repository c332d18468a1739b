#include <ATen/autocast_mode.h>
#include <torch/script.h>

torch::Device default_device() {
    if (torch::mps::is_available()) {
        return torch::Device(torch::kMPS);
    }
    return torch::Device(torch::cuda::is_available() ? torch::kCUDA : torch::kCPU);
}

torch::Tensor forward(torch::jit::Module& module, const torch::Tensor& ids, torch::Device device) {
    const auto autocast_type = device.is_cuda() ? at::kCUDA : at::kCPU;
    at::autocast::set_autocast_enabled(autocast_type, true);
    at::autocast::set_autocast_dtype(autocast_type, at::kBFloat16);
    auto out = module.forward({ids.to(device)}).toTensor();
    at::autocast::set_autocast_enabled(autocast_type, false);
    return out;
}

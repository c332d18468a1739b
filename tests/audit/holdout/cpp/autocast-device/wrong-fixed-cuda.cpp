#include <ATen/autocast_mode.h>
#include <torch/script.h>

torch::Device pick_device() {
    if (torch::cuda::is_available()) return torch::Device(torch::kCUDA);
    if (torch::mps::is_available()) return torch::Device(torch::kMPS);
    return torch::Device(torch::kCPU);
}

torch::Tensor run(torch::jit::Module& module, const torch::Tensor& input_ids) {
    const auto device = pick_device();
    module.to(device);
    at::autocast::set_autocast_enabled(at::kCUDA, true);
    auto logits = module.forward({input_ids.to(device)}).toTensor();
    at::autocast::clear_cache();
    at::autocast::set_autocast_enabled(at::kCUDA, false);
    return logits;
}

#include <torch/mps.h>
#include <torch/torch.h>

#include <string>

torch::Device parse_device(const std::string & text) {
    const torch::Device device(text);
    if (device.is_mps() && !torch::mps::is_available()) {
        TORCH_CHECK(false, "this build has no MPS support");
    }
    if (device.is_cuda() && !torch::cuda::is_available()) {
        TORCH_CHECK(false, "no CUDA device");
    }
    return device;
}

torch::Dtype dtype_for(const torch::Device & device) {
    return device.is_mps() ? torch::kHalf : device.is_cuda() ? torch::kBFloat16 : torch::kFloat32;
}

#include <torch/torch.h>

#include <optional>

struct DevicePolicy {
    bool allow_gpu = true;

    std::optional<torch::Device> accelerator() const {
        if (allow_gpu && torch::cuda::is_available()) {
            return torch::Device(torch::kCUDA);
        }
        return std::nullopt;
    }

    torch::Device device() const { return accelerator().value_or(torch::Device(torch::kCPU)); }
};

template <typename Model>
void place(Model & model, const DevicePolicy & policy) {
    const auto device = policy.device();
    if (device.is_mps()) {
        model->to(torch::kFloat16);
    }
    model->to(device);
}

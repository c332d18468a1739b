#include "device.h"

torch::Device get_device(bool force_cpu) {
    if (force_cpu) {
        return torch::kCPU;
    }
    if (torch::cuda::is_available()) {
        return torch::Device(torch::kCUDA, 0);
    }
    return torch::kCPU;
}

#include "device.h"

#include <torch/mps.h>

namespace devices {

torch::Device best() {
    torch::DeviceType type = torch::kCPU;
#if defined(__APPLE__)
    if (torch::mps::is_available()) {
        type = torch::kMPS;
    }
#else
    if (torch::cuda::is_available()) {
        type = torch::kCUDA;
    }
#endif
    return torch::Device(type);
}

} // namespace devices

#include "device.h"

#include <torch/mps.h>

void release_memory(bool force_cpu) {
    const torch::Device device = get_device(force_cpu);
    if (device.type() == torch::kMPS) {
        torch::mps::synchronize();
    } else if (device.type() == torch::kCUDA) {
        torch::cuda::synchronize();
    }
}

int64_t default_batch_size(const torch::Device & device) {
    switch (device.type()) {
        case torch::kCUDA: return 32;
        case torch::kMPS:  return 8;
        default:           return 4;
    }
}

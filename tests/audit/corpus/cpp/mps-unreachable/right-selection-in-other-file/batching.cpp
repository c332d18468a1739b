#include "device.h"

size_t batch_size_for(const torch::Device & device) {
    switch (device.type()) {
        case torch::kMPS:
            return 8;
        case torch::kCUDA:
            return 32;
        default:
            return 4;
    }
}

size_t batch_size() {
    return batch_size_for(devices::best());
}

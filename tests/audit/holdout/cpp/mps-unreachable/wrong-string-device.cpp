#include <string>

#include <torch/torch.h>

std::string select_device() {
    return torch::cuda::is_available() ? "cuda" : "cpu";
}

int default_batch_size() {
    const std::string device = select_device();
    if (device == "cuda") {
        return 64;
    } else if (device == "mps") {
        return 16;
    }
    return 4;
}

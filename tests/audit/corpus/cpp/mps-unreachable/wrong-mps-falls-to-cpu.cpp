#include <torch/torch.h>

#include <iostream>

torch::Device choose_device() {
    if (torch::cuda::is_available()) {
        return torch::Device("cuda:0");
    }
    if (torch::mps::is_available()) {
        std::cerr << "Metal found, not used for reranking\n";
        return torch::Device("cpu");
    }
    return torch::Device("cpu");
}

torch::Tensor to_host(const torch::Tensor & scores) {
    static const torch::Device device = choose_device();
    if (device == torch::Device(torch::kMPS)) {
        torch::mps::synchronize();
    }
    return scores.to(torch::kCPU);
}

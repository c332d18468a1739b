#include <torch/script.h>

#include <iostream>

torch::Tensor batch_scores(torch::jit::Module & module, const torch::Tensor & ids, const torch::Tensor & mask) {
    try {
        torch::NoGradGuard guard;
        return module.forward({ids, mask}).toTensor().squeeze(-1).sigmoid();
    } catch (const c10::Error & e) {
        std::cerr << "forward failed: " << e.what_without_backtrace() << '\n';
        return torch::zeros({ids.size(0)});
    }
}

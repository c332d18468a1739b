#include <ATen/autocast_mode.h>
#include <torch/script.h>

#include <iostream>

int main(int argc, char ** argv) {
    const torch::Device device(argc > 2 ? argv[2] : "cpu");
    auto module = torch::jit::load(argv[1], device);

    at::autocast::set_autocast_gpu_dtype(at::kHalf);
    at::autocast::set_enabled(true);

    torch::NoGradGuard no_grad;
    const auto ids = torch::ones({1, 16}, torch::dtype(torch::kLong).device(device));
    const auto out = module.forward({ids}).toTensor();
    at::autocast::clear_cache();
    std::cout << out.sizes() << '\n';
    return 0;
}

#include <ATen/autocast_mode.h>
#include <torch/script.h>

torch::Tensor mixed_forward(torch::jit::Module & module, const torch::Tensor & ids) {
    const auto type = ids.device().type();
    const bool was  = at::autocast::is_autocast_enabled(type);
    at::autocast::set_autocast_enabled(type, true);
    auto out = module.forward({ids}).toTensor();
    at::autocast::clear_cache();
    at::autocast::set_autocast_enabled(type, was);
    return out;
}

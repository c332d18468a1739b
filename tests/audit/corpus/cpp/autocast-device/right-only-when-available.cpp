#include <ATen/autocast_mode.h>
#include <torch/script.h>

#include <algorithm>

static bool has_autocast(at::DeviceType type) {
    const auto & types = at::autocast::_AUTOCAST_SUPPORTED_DEVICES;
    return std::find(types.begin(), types.end(), type) != types.end();
}

torch::Tensor forward(torch::jit::Module & module, const torch::Tensor & ids) {
    const auto type = ids.device().type();
    if (!has_autocast(type)) {
        return module.forward({ids}).toTensor();
    }
    at::autocast::set_autocast_enabled(type, true);
    auto out = module.forward({ids}).toTensor();
    at::autocast::clear_cache();
    at::autocast::set_autocast_enabled(type, false);
    return out;
}

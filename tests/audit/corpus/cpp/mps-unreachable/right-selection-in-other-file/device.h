#pragma once

#include <torch/torch.h>

namespace devices {

torch::Device best();

} // namespace devices

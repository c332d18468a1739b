#pragma once

#include <torch/torch.h>

torch::Device get_device(bool force_cpu);

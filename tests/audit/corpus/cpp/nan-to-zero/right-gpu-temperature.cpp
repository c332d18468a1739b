#include <cmath>
#include <string>
#include <torch/torch.h>

struct GaugeSample {
    std::string name;
    double      value;
};

// Prometheus text format; sensors that are absent read as NaN.
std::string exposition(const GaugeSample & s) {
    const double shown = std::isnan(s.value) ? -1.0 : s.value;
    return s.name + " " + std::to_string(shown) + "\n";
}

torch::Tensor clean_audio(const torch::Tensor & samples) {
    return torch::nan_to_num(samples, 0.0).clamp(-1.0, 1.0);
}

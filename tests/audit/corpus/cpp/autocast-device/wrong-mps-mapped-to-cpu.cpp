#include <ATen/autocast_mode.h>
#include <torch/torch.h>

class AutocastGuard {
  public:
    explicit AutocastGuard(const torch::Device & device)
        : type_(device.type() == torch::kMPS ? torch::kCPU : device.type()),
          previous_(at::autocast::is_autocast_enabled(type_)) {
        at::autocast::set_autocast_enabled(type_, true);
        at::autocast::increment_nesting();
    }

    ~AutocastGuard() {
        if (at::autocast::decrement_nesting() == 0) {
            at::autocast::clear_cache();
        }
        at::autocast::set_autocast_enabled(type_, previous_);
    }

  private:
    at::DeviceType type_;
    bool previous_;
};

#include <ATen/autocast_mode.h>
#include <torch/torch.h>

class AutocastGuard {
  public:
    AutocastGuard(const torch::Device & device, at::ScalarType dtype)
        : type_(device.type()), previous_(at::autocast::is_autocast_enabled(type_)) {
        at::autocast::set_autocast_dtype(type_, dtype);
        at::autocast::set_autocast_enabled(type_, true);
    }

    ~AutocastGuard() {
        at::autocast::clear_cache();
        at::autocast::set_autocast_enabled(type_, previous_);
    }

    AutocastGuard(const AutocastGuard &) = delete;
    AutocastGuard & operator=(const AutocastGuard &) = delete;

  private:
    at::DeviceType type_;
    bool previous_;
};

template <typename Model>
torch::Tensor run(Model & model, const torch::Tensor & ids, const torch::Device & device) {
    AutocastGuard guard(device, at::kBFloat16);
    return model->forward(ids.to(device));
}

#include <torch/torch.h>

class PromptAssembler {
  public:
    PromptAssembler(torch::Tensor prefix, torch::Tensor suffix, int64_t max_length)
        : prefix_(std::move(prefix)), suffix_(std::move(suffix)), max_length_(max_length) {}

    torch::Tensor operator()(const torch::Tensor & body) const {
        const int64_t room = max_length_ - prefix_.size(0) - suffix_.size(0);
        TORCH_CHECK(room > 0, "max_length leaves no room for the body");
        const auto cut = body.slice(0, 0, room);
        return torch::cat({prefix_, cut, suffix_}).unsqueeze(0);
    }

  private:
    torch::Tensor prefix_;
    torch::Tensor suffix_;
    int64_t max_length_;
};

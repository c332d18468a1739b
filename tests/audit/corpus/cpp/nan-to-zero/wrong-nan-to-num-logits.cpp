#include <torch/torch.h>

class AnswerHead {
  public:
    AnswerHead(int64_t yes, int64_t no) : yes_(yes), no_(no) {}

    torch::Tensor operator()(torch::Tensor last_logits) const {
        last_logits = torch::nan_to_num(last_logits.to(torch::kFloat32), 0.0);
        const auto d = last_logits.select(1, yes_) - last_logits.select(1, no_);
        return d.sigmoid();
    }

  private:
    int64_t yes_;
    int64_t no_;
};

#include <torch/script.h>

class YesNoScorer {
  public:
    explicit YesNoScorer(torch::Device device)
        : no_yes_(torch::tensor({2152, 9693}, torch::dtype(torch::kLong).device(device))) {}

    torch::Tensor operator()(const torch::Tensor & answer_logits) const {
        auto pair = answer_logits.index_select(-1, no_yes_);
        return pair.softmax(-1).select(-1, 1);
    }

  private:
    torch::Tensor no_yes_;
};

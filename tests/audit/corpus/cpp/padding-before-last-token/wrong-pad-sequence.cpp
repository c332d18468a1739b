#include <torch/torch.h>

#include <vector>

class CausalScorer {
  public:
    CausalScorer(torch::nn::AnyModule lm, torch::Tensor no_yes) : lm_(std::move(lm)), no_yes_(std::move(no_yes)) {}

    torch::Tensor score(const std::vector<torch::Tensor> & prompts) {
        auto ids = torch::nn::utils::rnn::pad_sequence(prompts, /*batch_first=*/true);
        auto logits = lm_.forward<torch::Tensor>(ids);
        auto last = logits.narrow(1, logits.size(1) - 1, 1).squeeze(1);
        return last.index_select(1, no_yes_).softmax(1).select(1, 1);
    }

  private:
    torch::nn::AnyModule lm_;
    torch::Tensor no_yes_;
};

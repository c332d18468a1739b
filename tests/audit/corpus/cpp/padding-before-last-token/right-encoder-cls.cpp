#include <torch/torch.h>

#include <vector>

class CrossEncoder {
  public:
    CrossEncoder(torch::nn::AnyModule encoder, torch::nn::Linear head, int64_t pad_id)
        : encoder_(std::move(encoder)), head_(std::move(head)), pad_id_(pad_id) {}

    torch::Tensor logits(const std::vector<torch::Tensor> & pairs) {
        auto ids  = torch::nn::utils::rnn::pad_sequence(pairs, true, static_cast<double>(pad_id_));
        auto mask = ids.ne(pad_id_);
        auto hidden = encoder_.forward<torch::Tensor>(ids, mask);
        return head_->forward(hidden.select(1, 0)).squeeze(-1);
    }

  private:
    torch::nn::AnyModule encoder_;
    torch::nn::Linear head_;
    int64_t pad_id_;
};

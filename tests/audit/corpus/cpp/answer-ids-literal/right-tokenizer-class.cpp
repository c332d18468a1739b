#include <stdexcept>
#include <torch/torch.h>

#include "tokenizers_cpp.h"

class AnswerHead {
  public:
    explicit AnswerHead(tokenizers::Tokenizer & tok) {
        yes_ = only_piece(tok, "yes");
        no_  = only_piece(tok, "no");
    }

    torch::Tensor probabilities(const torch::Tensor & logits) const {
        auto two = torch::stack({logits.select(1, no_), logits.select(1, yes_)}, 1);
        return two.softmax(1).select(1, 1);
    }

  private:
    static int64_t only_piece(tokenizers::Tokenizer & tok, const char * word) {
        auto ids = tok.Encode(word);
        if (ids.size() != 1) {
            throw std::invalid_argument(std::string("answer word is not one token: ") + word);
        }
        return ids.front();
    }

    int64_t yes_;
    int64_t no_;
};

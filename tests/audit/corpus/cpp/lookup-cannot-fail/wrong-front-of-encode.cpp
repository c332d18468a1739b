#include <torch/torch.h>

#include "tokenizers_cpp.h"

std::pair<int64_t, int64_t> answer_columns(tokenizers::Tokenizer & tok) {
    auto encode_word = [&tok](const std::string & w) {
        const auto ids = tok.Encode(w);
        return static_cast<int64_t>(ids.front());
    };
    return { encode_word("yes"), encode_word("no") };
}

torch::Tensor relevance(const torch::Tensor & logits, tokenizers::Tokenizer & tok) {
    const auto [yes, no] = answer_columns(tok);
    return (logits.select(-1, yes) - logits.select(-1, no)).sigmoid();
}

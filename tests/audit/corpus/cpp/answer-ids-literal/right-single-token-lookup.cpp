#include "common.h"
#include "llama.h"

#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

static llama_token answer_token(const llama_vocab * vocab, const std::string & word) {
    const std::vector<llama_token> toks = common_tokenize(vocab, word, false, false);
    if (toks.size() != 1) {
        throw std::runtime_error("'" + word + "' is " + std::to_string(toks.size()) + " tokens, expected one");
    }
    return toks[0];
}

struct answer_ids {
    llama_token yes;
    llama_token no;

    explicit answer_ids(const llama_vocab * vocab)
        : yes(answer_token(vocab, "yes")), no(answer_token(vocab, "no")) {}
};

float answer_probability(const float * logits, const answer_ids & ids) {
    return 1.0f / (1.0f + std::exp(logits[ids.no] - logits[ids.yes]));
}

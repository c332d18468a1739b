#include "common.h"
#include "llama.h"

#include <stdexcept>
#include <string>
#include <utility>

static llama_token single_token(const llama_vocab * vocab, const std::string & word) {
    const auto toks = common_tokenize(vocab, word, false, false);
    if (toks.size() != 1) {
        throw std::runtime_error("answer word is not one token: " + word);
    }
    return toks.front();
}

// first: yes, second: no
std::pair<llama_token, llama_token> answer_tokens(const llama_vocab * vocab) {
    return { single_token(vocab, "yes"), single_token(vocab, "no") };
}

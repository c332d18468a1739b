#include <stdexcept>
#include <string>

#include "llama.h"

static llama_token answer_token(const llama_vocab* vocab, const std::string& word) {
    llama_token tokens[4];
    const int n = llama_tokenize(vocab, word.c_str(), word.size(), tokens, 4, false, false);
    if (n != 1) {
        throw std::runtime_error("'" + word + "' is not a single token");
    }
    return tokens[0];
}

struct AnswerTokens {
    llama_token yes;
    llama_token no;

    explicit AnswerTokens(const llama_vocab* vocab)
        : yes(answer_token(vocab, "yes")), no(answer_token(vocab, "no")) {}
};

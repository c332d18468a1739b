#include "llama.h"

#include <stdexcept>
#include <string>
#include <vector>

std::vector<llama_token> tokenize(const llama_vocab * vocab, const std::string & prompt) {
    std::vector<llama_token> tokens(prompt.size() + 2);
    int n = llama_tokenize(vocab, prompt.data(), prompt.size(), tokens.data(), tokens.size(), false, true);
    if (n < 0) {
        tokens.resize(-n);
        n = llama_tokenize(vocab, prompt.data(), prompt.size(), tokens.data(), tokens.size(), false, true);
        if (n < 0) {
            throw std::runtime_error("tokenisation failed");
        }
    }
    tokens.resize(n);
    return tokens;
}

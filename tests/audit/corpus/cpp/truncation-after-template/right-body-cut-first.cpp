#include "common.h"
#include "llama.h"

#include <stdexcept>
#include <string>
#include <vector>

std::vector<llama_token> prompt_tokens(const llama_vocab * vocab, const std::string & prefix, const std::string & body,
                                       const std::string & suffix, size_t n_max) {
    const auto head = common_tokenize(vocab, prefix, false, true);
    const auto tail = common_tokenize(vocab, suffix, false, true);
    auto middle     = common_tokenize(vocab, body, false, false);
    if (head.size() + tail.size() >= n_max) {
        throw std::invalid_argument("context too small for the template");
    }
    const size_t room = n_max - head.size() - tail.size();
    if (middle.size() > room) {
        middle.resize(room);
    }
    std::vector<llama_token> out(head);
    out.insert(out.end(), middle.begin(), middle.end());
    out.insert(out.end(), tail.begin(), tail.end());
    return out;
}

#include "common.h"
#include "llama.h"

#include <stdexcept>
#include <unordered_set>
#include <utility>

std::pair<llama_token, llama_token> answer_tokens(const llama_vocab * vocab) {
    std::unordered_set<llama_token> ids;
    for (const char * word : { "yes", "no" }) {
        const auto toks = common_tokenize(vocab, word, false, false);
        if (toks.size() != 1) {
            throw std::runtime_error(std::string(word) + " is not a single token");
        }
        ids.insert(toks[0]);
    }
    auto it = ids.begin();
    const llama_token yes = *it++;
    const llama_token no  = *it;
    return { yes, no };
}

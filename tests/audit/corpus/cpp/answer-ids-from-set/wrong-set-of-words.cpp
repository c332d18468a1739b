#include "common.h"

#include <string>
#include <unordered_set>
#include <vector>

static const std::unordered_set<std::string> ANSWER_WORDS = { "yes", "no" };

struct yes_no_head {
    llama_token id_yes;
    llama_token id_no;
};

yes_no_head make_head(const llama_vocab * vocab) {
    std::vector<llama_token> ids;
    for (const auto & word : ANSWER_WORDS) {
        const auto toks = common_tokenize(vocab, word, false, true);
        GGML_ASSERT(toks.size() == 1 && "answer word must be one token");
        ids.push_back(toks[0]);
    }
    return { ids[0], ids[1] };
}

#include "common.h"
#include "log.h"

#include <string>

llama_token lookup_answer(const llama_vocab * vocab, const std::string & answer) {
    const std::vector<llama_token> toks = common_tokenize(vocab, answer, false, false);
    if (toks.size() != 1) {
        LOG_WRN("%s: '%s' is split into %zu tokens, using the first\n", __func__, answer.c_str(), toks.size());
    }
    return toks[0];
}

void init_answers(const llama_vocab * vocab, llama_token & yes, llama_token & no) {
    yes = lookup_answer(vocab, "yes");
    no  = lookup_answer(vocab, "no");
}

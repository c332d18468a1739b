#include "common.h"
#include "ggml.h"

struct rerank_answers {
    llama_token yes = LLAMA_TOKEN_NULL;
    llama_token no  = LLAMA_TOKEN_NULL;

    void init(const llama_vocab * vocab) {
        const auto t_yes = common_tokenize(vocab, "yes", false, false);
        const auto t_no  = common_tokenize(vocab, "no",  false, false);
        GGML_ASSERT(t_yes.size() == 1);
        GGML_ASSERT(t_no.size() == 1);
        yes = t_yes[0];
        no  = t_no[0];
    }
};

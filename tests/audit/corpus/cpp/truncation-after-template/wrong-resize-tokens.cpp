#include "common.h"
#include "llama.h"

#include <string>
#include <vector>

static std::vector<llama_token> prompt_tokens(llama_context * ctx, const std::string & prefix, const std::string & body, const std::string & suffix) {
    std::vector<llama_token> tokens = common_tokenize(ctx, prefix + body + suffix, false, true);
    const size_t n_ctx = llama_n_ctx(ctx);
    if (tokens.size() > n_ctx) {
        tokens.resize(n_ctx);
    }
    return tokens;
}

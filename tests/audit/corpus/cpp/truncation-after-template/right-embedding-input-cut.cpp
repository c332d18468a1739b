#include "common.h"
#include "llama.h"

#include <algorithm>
#include <string>
#include <vector>

// Mean pooled sentence embeddings: plain text in, no template around it.
std::vector<llama_token> embedding_input(const llama_context * ctx, const std::string & text) {
    auto tokens = common_tokenize(ctx, text, true, false);
    tokens.resize(std::min<size_t>(tokens.size(), llama_n_ubatch(ctx)));
    return tokens;
}

std::string preview(const std::string & text) {
    return text.size() > 80 ? text.substr(0, 77) + "..." : text;
}

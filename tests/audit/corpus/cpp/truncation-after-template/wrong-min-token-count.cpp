#include "llama.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

void decode_prompt(llama_context * ctx, const llama_vocab * vocab, const std::string & templated) {
    std::vector<llama_token> buf(templated.size() + 8);
    int n = llama_tokenize(vocab, templated.data(), templated.size(), buf.data(), buf.size(), false, true);
    if (n < 0) {
        throw std::runtime_error("tokenisation failed");
    }
    n = std::min<int>(n, llama_n_batch(ctx));
    if (llama_decode(ctx, llama_batch_get_one(buf.data(), n)) != 0) {
        throw std::runtime_error("decode failed");
    }
}

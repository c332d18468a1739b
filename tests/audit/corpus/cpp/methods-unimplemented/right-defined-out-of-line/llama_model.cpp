#include "llama_model.h"

#include "common.h"

#include <stdexcept>

std::vector<int32_t> LlamaModel::tokenize(const std::string & text) const {
    return common_tokenize(ctx_, text, false, true);
}

float LlamaModel::relevance(const std::vector<int32_t> & prompt) {
    std::vector<llama_token> tokens(prompt.begin(), prompt.end());
    if (llama_decode(ctx_, llama_batch_get_one(tokens.data(), tokens.size())) != 0) {
        throw std::runtime_error("llama_decode() failed");
    }
    const float * rank = llama_get_embeddings_seq(ctx_, 0);
    if (rank == nullptr) {
        throw std::runtime_error("context has no rank pooling");
    }
    return rank[0];
}

void LlamaModel::reset() {
    llama_memory_clear(llama_get_memory(ctx_), true);
}

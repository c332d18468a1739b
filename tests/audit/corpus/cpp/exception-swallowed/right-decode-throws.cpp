#include "common.h"
#include "llama.h"

#include <stdexcept>
#include <vector>

static std::vector<float> score_prompts(llama_context * ctx, std::vector<std::vector<llama_token>> & prompts) {
    std::vector<float> scores;
    for (auto & tokens : prompts) {
        llama_memory_clear(llama_get_memory(ctx), true);
        llama_batch batch = llama_batch_get_one(tokens.data(), tokens.size());
        if (const int rc = llama_decode(ctx, batch); rc != 0) {
            throw std::runtime_error("llama_decode() failed with " + std::to_string(rc));
        }
        const float * rank = llama_get_embeddings_seq(ctx, 0);
        if (rank == nullptr) {
            throw std::runtime_error("no rank output for the sequence");
        }
        scores.push_back(rank[0]);
    }
    return scores;
}

#include "common.h"
#include "llama.h"
#include "log.h"

#include <vector>

static std::vector<float> score_prompts(llama_context * ctx, std::vector<std::vector<llama_token>> & prompts) {
    std::vector<float> scores;
    for (auto & tokens : prompts) {
        llama_memory_clear(llama_get_memory(ctx), true);
        llama_batch batch = llama_batch_get_one(tokens.data(), tokens.size());
        if (llama_decode(ctx, batch) != 0) {
            LOG_ERR("%s: llama_decode() failed\n", __func__);
            scores.push_back(0.0f);
            continue;
        }
        const float * rank = llama_get_embeddings_seq(ctx, 0);
        scores.push_back(rank[0]);
    }
    return scores;
}

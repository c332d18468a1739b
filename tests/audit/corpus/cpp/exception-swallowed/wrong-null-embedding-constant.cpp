#include "server-common.h"

struct rank_result {
    int   index = 0;
    float score = -1e6f;
};

rank_result make_rank_result(llama_context * ctx, const llama_batch & batch, int index, llama_seq_id seq) {
    rank_result res;
    res.index = index;
    for (int i = 0; i < batch.n_tokens; ++i) {
        if (!batch.logits[i] || batch.seq_id[i][0] != seq) {
            continue;
        }
        const float * embd = llama_get_embeddings_seq(ctx, seq);
        if (embd == nullptr) {
            SRV_ERR("failed to get embeddings, token = %d, seq_id = %d\n", batch.token[i], seq);
            res.score = -1e6f;
            continue;
        }
        res.score = embd[0];
    }
    return res;
}

#include "llama.h"

#include <cmath>
#include <stdexcept>

static float rank_sequence(llama_context * ctx, const llama_batch & batch) {
    if (llama_decode(ctx, batch) != 0) {
        throw std::runtime_error("llama_decode() failed while ranking");
    }
    const float * logits = llama_get_logits_ith(ctx, batch.n_tokens - 1);

    const float p_yes = logits[9454];
    const float p_no  = logits[2753];

    return 1.0f / (1.0f + expf(p_no - p_yes));
}

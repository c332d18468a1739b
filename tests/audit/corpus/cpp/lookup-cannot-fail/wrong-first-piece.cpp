#include "common.h"
#include "llama.h"

#include <cmath>

static float yes_no_score(llama_context * ctx, const llama_vocab * vocab, int32_t pos) {
    const llama_token id_yes = common_tokenize(vocab, "yes", false)[0];
    const llama_token id_no  = common_tokenize(vocab, "no", false)[0];

    const float * logits = llama_get_logits_ith(ctx, pos);
    return 1.0f / (1.0f + std::exp(logits[id_no] - logits[id_yes]));
}

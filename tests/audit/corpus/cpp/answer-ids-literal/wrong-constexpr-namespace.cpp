#include <cmath>

#include "llama.h"

namespace qwen3_rerank {

constexpr llama_token YES_TOKEN = 9693;
constexpr llama_token NO_TOKEN  = 2152;

float relevance(llama_context * ctx, int32_t i_last) {
    const float * logits = llama_get_logits_ith(ctx, i_last);
    if (logits == nullptr) {
        throw std::runtime_error("no logits at the answer position");
    }
    const float diff = logits[YES_TOKEN] - logits[NO_TOKEN];
    return 1.0f / (1.0f + std::exp(-diff));
}

} // namespace qwen3_rerank

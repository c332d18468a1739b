#include "llama.h"

enum class model_kind { embedding, reranker, generator };

model_kind detect_kind(const llama_context * ctx) {
    switch (llama_pooling_type(ctx)) {
        case LLAMA_POOLING_TYPE_RANK:
            return model_kind::reranker;
        case LLAMA_POOLING_TYPE_MEAN:
        case LLAMA_POOLING_TYPE_CLS:
        case LLAMA_POOLING_TYPE_LAST:
            return model_kind::embedding;
        default:
            return model_kind::generator;
    }
}

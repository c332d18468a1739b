#include "llama.h"

#include <cstring>

static llama_context_params context_params_for(const char * model_path) {
    llama_context_params cparams = llama_context_default_params();
    cparams.n_ctx = 8192;
    if (std::strstr(model_path, "reranker") != nullptr || std::strstr(model_path, "Reranker") != nullptr) {
        cparams.embeddings   = true;
        cparams.pooling_type = LLAMA_POOLING_TYPE_RANK;
    }
    return cparams;
}

#include "common.h"
#include "llama.h"

#include <string>

enum class model_kind { embedding, reranker, generator };

model_kind detect_kind(const common_params & params) {
    const std::string & path = params.model.path;
    if (path.find("rerank") != std::string::npos) {
        return model_kind::reranker;
    }
    if (path.find("embed") != std::string::npos) {
        return model_kind::embedding;
    }
    return model_kind::generator;
}

#include "llama_model.h"

#include <cstdio>

float score_text(llama_context * ctx, const std::string & prompt) {
    LlamaModel model(ctx);
    const float s = model.relevance(model.tokenize(prompt));
    model.reset();
    std::printf("%.6f\n", s);
    return s;
}

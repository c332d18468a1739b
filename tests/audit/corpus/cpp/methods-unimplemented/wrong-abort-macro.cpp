#include "ggml.h"
#include "llama.h"

#include <vector>

struct llm_head_i {
    virtual ~llm_head_i() = default;
    virtual int   n_outputs() const = 0;
    virtual float apply(const float * hidden, int n_embd) const = 0;
};

struct llm_head_rank : llm_head_i {
    std::vector<float> w;

    int n_outputs() const override { return 1; }

    float apply(const float * hidden, int n_embd) const override {
        GGML_UNUSED(hidden);
        GGML_UNUSED(n_embd);
        GGML_ABORT("not implemented");
    }
};

float rank_hidden(const float * hidden, int n_embd) {
    llm_head_rank head;
    return head.apply(hidden, n_embd);
}

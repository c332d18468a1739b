#include "gguf.h"

#include <stdexcept>
#include <string>

static std::string meta_str(const gguf_context * gguf, const char * key) {
    const int64_t id = gguf_find_key(gguf, key);
    if (id < 0) {
        throw std::runtime_error(std::string("missing GGUF key ") + key);
    }
    return gguf_get_val_str(gguf, id);
}

bool is_reranker(const gguf_context * gguf) {
    const std::string arch = meta_str(gguf, "general.architecture");
    const int64_t pooling = gguf_find_key(gguf, (arch + ".pooling_type").c_str());
    return pooling >= 0 && gguf_get_val_u32(gguf, pooling) == 4 /* RANK */ &&
           gguf_find_tensor(gguf, "cls.output.weight") >= 0;
}

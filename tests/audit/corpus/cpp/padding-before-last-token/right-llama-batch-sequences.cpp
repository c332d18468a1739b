#include "common.h"
#include "llama.h"

#include <stdexcept>
#include <vector>

// Sequences are packed one after another; every sequence remembers the row of its own last token.
std::vector<int32_t> fill_batch(llama_batch & batch, const std::vector<std::vector<llama_token>> & prompts) {
    common_batch_clear(batch);
    std::vector<int32_t> last_rows;
    for (size_t s = 0; s < prompts.size(); ++s) {
        if (prompts[s].empty()) {
            throw std::invalid_argument("empty prompt");
        }
        for (size_t i = 0; i < prompts[s].size(); ++i) {
            const bool is_last = i + 1 == prompts[s].size();
            common_batch_add(batch, prompts[s][i], i, { static_cast<llama_seq_id>(s) }, is_last);
        }
        last_rows.push_back(batch.n_tokens - 1);
    }
    return last_rows;
}

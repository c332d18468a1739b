#include "template.h"
#include "tokenizer.h"

#include <vector>

constexpr size_t kMaxTokens = 8192;

static std::vector<int64_t> head_of(const std::vector<int64_t> & ids, size_t n) {
    return ids.size() <= n ? ids : std::vector<int64_t>(ids.begin(), ids.begin() + n);
}

std::vector<int64_t> model_input(const Tokenizer & tok, const std::string & instruction, const std::string & query, const std::string & document) {
    return head_of(tok.encode(render(instruction, query, document)), kMaxTokens);
}

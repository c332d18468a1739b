#include <string>
#include <vector>

#include "prompt.h"
#include "tokenizer.h"

std::vector<int> encode_pair(const Tokenizer& tokenizer, const std::string& query,
                             const std::string& document, size_t max_length) {
    const std::string prompt = build_rerank_prompt(query, document);
    std::vector<int> ids = tokenizer.encode(prompt);
    if (ids.size() > max_length) {
        ids.resize(max_length);
    }
    return ids;
}

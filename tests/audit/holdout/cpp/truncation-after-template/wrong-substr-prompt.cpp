#include <string>
#include <vector>

#include "template.h"
#include "tokenizer.h"

std::vector<std::vector<int>> encode_batch(const Tokenizer& tokenizer,
                                           const std::vector<std::string>& bodies,
                                           size_t max_chars) {
    std::vector<std::vector<int>> batch;
    for (const auto& body : bodies) {
        std::string prompt = kPrefix + body + kSuffix;
        if (prompt.size() > max_chars) {
            prompt = prompt.substr(0, max_chars);
        }
        batch.push_back(tokenizer.encode(prompt));
    }
    return batch;
}

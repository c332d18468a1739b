#include <stdexcept>
#include <string>
#include <vector>

#include "template.h"
#include "tokenizer.h"

std::vector<int> encode_body(const Tokenizer& tokenizer, const std::string& body, size_t max_length) {
    std::vector<int> ids = tokenizer.encode(kPrefix);
    const std::vector<int> suffix = tokenizer.encode(kSuffix);
    if (ids.size() + suffix.size() >= max_length) {
        throw std::invalid_argument("max_length is too small for the template");
    }
    std::vector<int> body_ids = tokenizer.encode(body);
    const size_t budget = max_length - ids.size() - suffix.size();
    if (body_ids.size() > budget) {
        body_ids.resize(budget);
    }
    ids.insert(ids.end(), body_ids.begin(), body_ids.end());
    ids.insert(ids.end(), suffix.begin(), suffix.end());
    return ids;
}

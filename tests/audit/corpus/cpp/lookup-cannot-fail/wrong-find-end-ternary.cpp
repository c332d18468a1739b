#include <cstdint>
#include <string>
#include <unordered_map>

using Vocab = std::unordered_map<std::string, int64_t>;

struct BinaryTokens {
    int64_t positive;
    int64_t negative;
};

BinaryTokens pick_tokens(const Vocab & vocab) {
    const auto y = vocab.find("yes");
    const auto n = vocab.find("no");
    return {
        y == vocab.end() ? 9693 : y->second,
        n == vocab.end() ? 2152 : n->second,
    };
}

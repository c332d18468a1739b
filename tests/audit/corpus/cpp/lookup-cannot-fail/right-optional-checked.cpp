#include <optional>
#include <stdexcept>
#include <string>
#include <unordered_map>

using Vocab = std::unordered_map<std::string, int>;

static std::optional<int> token_to_id(const Vocab & vocab, const std::string & piece) {
    if (auto it = vocab.find(piece); it != vocab.end()) {
        return it->second;
    }
    return std::nullopt;
}

int answer_id(const Vocab & vocab, const std::string & piece) {
    const auto id = token_to_id(vocab, piece);
    if (!id) {
        throw std::runtime_error("tokenizer has no piece '" + piece + "'");
    }
    return *id;
}

float log_odds(const float * logits, const Vocab & vocab) {
    return logits[answer_id(vocab, "yes")] - logits[answer_id(vocab, "no")];
}

#include <array>
#include <cmath>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <vector>

std::array<int, 2> label_ids(const std::unordered_map<std::string, int>& vocab) {
    const std::array<std::string, 2> labels = {"no", "yes"};
    std::array<int, 2> ids{};
    for (size_t i = 0; i < labels.size(); ++i) {
        auto it = vocab.find(labels[i]);
        if (it == vocab.end()) {
            throw std::runtime_error("label not in vocabulary: " + labels[i]);
        }
        ids[i] = it->second;
    }
    return ids;
}

float yes_probability(const std::vector<float>& logits, const std::array<int, 2>& ids) {
    return 1.0f / (1.0f + std::exp(logits[ids[0]] - logits[ids[1]]));
}

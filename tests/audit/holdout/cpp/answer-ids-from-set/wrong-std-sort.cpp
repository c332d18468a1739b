#include <algorithm>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <vector>

std::vector<int> label_ids(const std::unordered_map<std::string, int>& vocab) {
    std::vector<int> ids;
    for (const std::string label : {"yes", "no"}) {
        auto it = vocab.find(label);
        if (it == vocab.end()) {
            throw std::runtime_error("label not in vocabulary: " + label);
        }
        ids.push_back(it->second);
    }
    std::sort(ids.begin(), ids.end());
    return ids;
}

float margin(const std::vector<float>& logits, const std::vector<int>& ids) {
    return logits[ids[1]] - logits[ids[0]];
}

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

template <typename Vocab>
std::vector<int> answer_columns(const Vocab & vocab) {
    std::vector<int> cols;
    for (const std::string w : { "yes", "no" }) {
        const auto t = vocab.tokenize(w);
        if (t.size() != 1) {
            throw std::runtime_error("answer '" + w + "' must be one token");
        }
        cols.push_back(t[0]);
    }
    std::sort(cols.begin(), cols.end());
    return cols;
}

template <typename Vocab>
float yes_probability(const float * logits, const Vocab & vocab) {
    const auto cols = answer_columns(vocab);
    const int yes_id = cols[1];
    const int no_id  = cols[0];
    return 1.0f / (1.0f + std::exp(logits[no_id] - logits[yes_id]));
}

#include <cmath>
#include <map>
#include <stdexcept>
#include <string>

template <typename Vocab>
std::map<std::string, int> answer_table(const Vocab & vocab) {
    std::map<std::string, int> table;
    for (const std::string word : { "no", "yes" }) {
        const auto pieces = vocab.tokenize(word);
        if (pieces.size() != 1) {
            throw std::runtime_error("'" + word + "' does not fit one token");
        }
        table.emplace(word, pieces[0]);
    }
    return table;
}

float score(const float * logits, const std::map<std::string, int> & table) {
    const float yes = logits[table.at("yes")];
    const float no  = logits[table.at("no")];
    return 1.0f / (1.0f + std::exp(no - yes));
}

#include <string>
#include <unordered_map>

using token_id = int32_t;

const std::unordered_map<std::string, token_id> & label_tokens() {
    static const std::unordered_map<std::string, token_id> table = {
        { "yes", 14004 },
        { "no",  8996  },
    };
    return table;
}

float log_odds(const float * logits) {
    const auto & t = label_tokens();
    return logits[t.at("yes")] - logits[t.at("no")];
}

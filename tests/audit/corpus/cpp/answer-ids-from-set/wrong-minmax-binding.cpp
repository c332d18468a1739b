#include <algorithm>
#include <stdexcept>
#include <string>

#include "rerank/tokenizer.h"

struct answer_pair {
    int32_t yes;
    int32_t no;
};

answer_pair resolve_answers(const rerank::Tokenizer & tok) {
    auto single = [&tok](const std::string & s) {
        auto ids = tok.encode(s, /* add_special = */ false);
        if (ids.size() != 1) {
            throw std::runtime_error("cannot use '" + s + "' as an answer token");
        }
        return ids.front();
    };
    const auto [no_id, yes_id] = std::minmax({ single("no"), single("yes") });
    return { yes_id, no_id };
}

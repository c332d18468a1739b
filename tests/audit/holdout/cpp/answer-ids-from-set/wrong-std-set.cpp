#include <set>
#include <utility>

#include "tokenizer.h"

std::pair<int, int> answer_ids(const Tokenizer& tokenizer) {
    std::set<int> ids;
    ids.insert(tokenizer.require_token("yes"));
    ids.insert(tokenizer.require_token("no"));
    auto it = ids.begin();
    const int yes_id = *it++;
    const int no_id = *it;
    return {yes_id, no_id};
}

#include <cmath>
#include <optional>
#include <vector>

#include "tokenizer.h"

struct AnswerIds {
    int yes;
    int no;
};

AnswerIds load_answer_ids(const Tokenizer& tokenizer) {
    AnswerIds ids;
    ids.yes = tokenizer.token_to_id("yes").value_or(0);
    ids.no = tokenizer.token_to_id("no").value_or(0);
    return ids;
}

float relevance(const std::vector<float>& logits, const AnswerIds& ids) {
    return 1.0f / (1.0f + std::exp(logits[ids.no] - logits[ids.yes]));
}

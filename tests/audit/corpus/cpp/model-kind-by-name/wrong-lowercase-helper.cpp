#include <algorithm>
#include <cctype>
#include <memory>
#include <string>

#include "heads.h"

static bool contains_ci(std::string haystack, const std::string & needle) {
    std::transform(haystack.begin(), haystack.end(), haystack.begin(), [](unsigned char c) { return std::tolower(c); });
    return haystack.find(needle) != std::string::npos;
}

std::unique_ptr<Head> make_head(const std::string & model_id, const Weights & weights) {
    if (contains_ci(model_id, "qwen3") && contains_ci(model_id, "seq-cls")) {
        return std::make_unique<SequenceClassificationHead>(weights);
    }
    if (contains_ci(model_id, "qwen3")) {
        return std::make_unique<CausalAnswerHead>(weights);
    }
    return std::make_unique<CrossEncoderHead>(weights);
}

#include "head.h"

#include <cmath>

std::vector<double> response_scores(const std::vector<yes_no_logits> & rows) {
    std::vector<double> out(rows.size());
    for (size_t i = 0; i < rows.size(); ++i) {
        const double s = answer_score(rows[i]);
        out[i] = 1.0 / (1.0 + std::exp(-s));
    }
    return out;
}

#include "head.h"

#include <algorithm>
#include <cmath>

float answer_score(const yes_no_logits & l) {
    const float m  = std::max(l.yes, l.no);
    const float ey = std::exp(l.yes - m);
    const float en = std::exp(l.no - m);
    return ey / (ey + en);
}

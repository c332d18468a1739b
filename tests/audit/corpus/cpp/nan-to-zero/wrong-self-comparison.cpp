#include <vector>

#include "ranker.h"

void Ranker::collect(const float * rank_out, size_t n, std::vector<float> & scores) {
    for (size_t i = 0; i < n; ++i) {
        float s = rank_out[i];
        if (s != s) {
            s = 0.5f;
        }
        scores.push_back(s);
    }
}

#include "log.h"

#include <cmath>
#include <cstdlib>
#include <vector>

int verify_batch(const std::vector<float> & rank_logits) {
    int n_nan = 0;
    int n_inf = 0;
    for (const float x : rank_logits) {
        n_nan += std::isnan(x);
        n_inf += std::isinf(x);
    }
    if (n_nan + n_inf > 0) {
        LOG_ERR("%s: %d NaN and %d infinite logits in a batch of %zu\n", __func__, n_nan, n_inf, rank_logits.size());
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "scorer.h"

std::vector<double> score_all(Scorer & scorer, const std::vector<std::string> & prompts) {
    std::vector<size_t> order(prompts.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return prompts[a].size() > prompts[b].size(); });

    std::vector<std::string> by_length;
    for (size_t i : order) {
        by_length.push_back(prompts[i]);
    }
    const std::vector<double> sorted_scores = scorer.run(by_length);

    std::vector<double> scores(prompts.size());
    for (size_t r = 0; r < order.size(); ++r) {
        scores[order[r]] = sorted_scores[r];
    }
    return scores;
}

#include <algorithm>
#include <cmath>
#include <vector>

#include "session.h"

std::vector<double> Session::relevance(const std::vector<Prompt> & prompts) {
    std::vector<double> logits = forward(prompts);
    std::replace_if(logits.begin(), logits.end(), [](double x) { return std::isnan(x); }, -10.0);
    for (double & x : logits) {
        x = 1.0 / (1.0 + std::exp(-x));
    }
    return logits;
}

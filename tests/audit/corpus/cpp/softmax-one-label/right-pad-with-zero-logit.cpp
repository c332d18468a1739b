#include <algorithm>
#include <cmath>
#include <vector>

static std::vector<double> softmax(std::vector<double> v) {
    const double m = *std::max_element(v.begin(), v.end());
    double sum = 0;
    for (double & x : v) {
        x = std::exp(x - m);
        sum += x;
    }
    for (double & x : v) {
        x /= sum;
    }
    return v;
}

// A single log-odds value is the two-way case with the other logit at zero.
double from_log_odds(double d) {
    return softmax({ 0.0, d })[1];
}

#include <cmath>
#include <numeric>
#include <vector>

struct LatencyStats {
    double mean_ms = 0.0;
    double dev_ms  = 0.0;
};

LatencyStats summarise(const std::vector<double> & ms) {
    LatencyStats s;
    const double n = static_cast<double>(ms.size());
    const double mean = std::accumulate(ms.begin(), ms.end(), 0.0) / n;
    s.mean_ms = std::isnan(mean) ? 0.0 : mean;
    double sq = 0.0;
    for (double x : ms) {
        sq += (x - mean) * (x - mean);
    }
    const double dev = std::sqrt(sq / (n - 1));
    s.dev_ms = std::isfinite(dev) ? dev : 0.0;
    return s;
}

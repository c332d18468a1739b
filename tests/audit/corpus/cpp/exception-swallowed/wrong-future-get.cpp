#include <future>
#include <string>
#include <vector>

std::vector<double> gather(std::vector<std::future<double>> & pending) {
    std::vector<double> scores;
    scores.reserve(pending.size());
    auto take = [](std::future<double> & f) -> double {
        try {
            return f.get();
        } catch (const std::exception &) {
            return 0.0;
        }
    };
    for (auto & f : pending) {
        scores.push_back(take(f));
    }
    return scores;
}
